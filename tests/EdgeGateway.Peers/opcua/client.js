// A client for comparisons: node client.js <url> <doubles>. Each line on standard input is a number of Read calls; the answer is "DID <µs of CPU a value> <µs of time a value>".
"use strict";
const { OPCUAClient, SecurityPolicy, MessageSecurityMode, OPCUACertificateManager, AttributeIds } = require("node-opcua");
const fs = require("fs");
const os = require("os");
const path = require("path");
const [url, doubles] = process.argv.slice(2);

(async () => {
  const certificates = new OPCUACertificateManager({ rootFolder: fs.mkdtempSync(path.join(os.tmpdir(), "edge-opcua-client-")), automaticallyAcceptUnknownCertificate: true, disableFileWatchers: true });
  await certificates.initialize();
  const client = OPCUAClient.create({ endpointMustExist: false, clientCertificateManager: certificates, securityPolicy: SecurityPolicy.None, securityMode: MessageSecurityMode.None });
  await client.connect(url);
  const session = await client.createSession();
  const ns = (await session.readNamespaceArray()).indexOf("urn:peer:plc");
  const nodes = Array.from({ length: +doubles }, (_, i) => ({ nodeId: `ns=${ns};s=D${i}`, attributeId: AttributeIds.Value }));
  console.log("READY");
  require("readline").createInterface({ input: process.stdin }).on("line", async (text) => {
    const calls = +text, cpu = process.cpuUsage(), begin = process.hrtime.bigint();
    let good = 0;
    for (let i = 0; i < calls; i++) for (const value of await session.read(nodes, 0)) if (value.statusCode.value === 0) good++;
    const used = process.cpuUsage(cpu), wall = Number(process.hrtime.bigint() - begin) / 1000;
    if (good !== calls * nodes.length) { console.log("DID 0 0"); return; }
    console.log(`DID ${(used.user + used.system) / good} ${wall / good}`);
  });
})().catch((e) => { console.error(e); process.exit(1); });
