// The PLC of the simulated plant as an OPC UA server: node plant.js <port> <control port> <certificate> <key> <folder>.
// Someone who dictates time and values connects to the control port and writes lines "<UTC microseconds> <good-1> <scrap-1> <state-1> <good-2> <scrap-2> <state-2>"; each is answered by "OK" once the
// values are in force. The server's clock is what was dictated last: every Date in this process is, before the server is even loaded. Its timers run in real time.
"use strict";
const Clock = Date;
let now = Clock.now();
globalThis.Date = class Date extends Clock {
  constructor(...args) { if (args.length === 0) super(now); else super(...args); }
  static now() { return now; }
};
const { OPCUAServer, OPCUACertificateManager, SecurityPolicy, MessageSecurityMode, Variant, DataType, StatusCodes, RegisterServerMethod } = require("node-opcua");
const path = require("path");
const net = require("net");
const [port, control, certificateFile, privateKeyFile, folder] = process.argv.slice(2);
const names = ["Line1.Good", "Line1.Scrap", "Line1.State", "Line2.Good", "Line2.Scrap", "Line2.State"];

(async () => {
  const certificates = new OPCUACertificateManager({ rootFolder: path.join(folder, "server"), automaticallyAcceptUnknownCertificate: true, disableFileWatchers: true });
  await certificates.initialize();
  const users = new OPCUACertificateManager({ rootFolder: path.join(folder, "users"), automaticallyAcceptUnknownCertificate: true, disableFileWatchers: true });
  await users.initialize();
  const server = new OPCUAServer({
    port: +port, hostname: "127.0.0.1", host: "127.0.0.1", resourcePath: "/plant", certificateFile, privateKeyFile, serverCertificateManager: certificates, userCertificateManager: users,
    registerServerMethod: RegisterServerMethod.HIDDEN, serverInfo: { applicationUri: "urn:peer", productUri: "urn:plant", applicationName: { text: "plant" } },
    securityPolicies: [SecurityPolicy.None, SecurityPolicy.Basic256Sha256], securityModes: [MessageSecurityMode.None, MessageSecurityMode.SignAndEncrypt], maxConnectionsPerEndpoint: 100,
  });
  await server.initialize();
  const space = server.engine.addressSpace;
  const ns = space.registerNamespace("urn:plant:plc");
  const plc = ns.addObject({ organizedBy: space.rootFolder.objects, browseName: "Plant", nodeId: "s=Plant" });
  const nodes = names.map((name) => {
    const dataType = name.endsWith("State") ? DataType.UInt16 : DataType.UInt32;
    return { dataType, node: ns.addVariable({ componentOf: plc, browseName: name, nodeId: "s=" + name, dataType, minimumSamplingInterval: 0 }) };
  });
  await server.start();
  net.createServer((socket) => {
    socket.setNoDelay(true);
    socket.on("error", () => {});
    require("readline").createInterface({ input: socket }).on("line", (line) => {
      const [micros, ...values] = line.split(" ");
      now = Math.floor(Number(micros) / 1000);
      const sourceTimestamp = new Clock(now);
      nodes.forEach(({ node, dataType }, i) => node.setValueFromSource(new Variant({ dataType, value: +values[i] }), StatusCodes.Good, sourceTimestamp));
      socket.write("OK\n");
    });
  }).listen(+control, "127.0.0.1", () => console.log("READY"));
})().catch((e) => { console.error(e); process.exit(1); });
