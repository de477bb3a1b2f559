// Starts the OPC UA servers that the JSON in argv[2] describes, all in one process, and obeys commands on standard input, one a line:
//   vanish <server> <name> | return <server> <name> | set <server> <name> <number> | lag <server> <seconds> | sessions <server> | stop <server>
// Each server: { name, port, uri, cert, key, limits, ticks, doubles, namespaces, user, pass, pki, userCert, sessions, announce }.
"use strict";
const { OPCUAServer, OPCUACertificateManager, SecurityPolicy, MessageSecurityMode, Variant, DataType, VariantArrayType, StatusCodes, RegisterServerMethod, UserTokenType, Range } = require("node-opcua");
const path = require("path");

const servers = new Map();

async function start(o) {
  const trusting = new OPCUACertificateManager({ rootFolder: path.join(o.pki, "server"), automaticallyAcceptUnknownCertificate: true, disableFileWatchers: true });
  await trusting.initialize();
  const users = new OPCUACertificateManager({ rootFolder: path.join(o.pki, "users"), automaticallyAcceptUnknownCertificate: true, disableFileWatchers: true });
  await users.initialize();
  const max = o.limits || 0;
  const server = new OPCUAServer({
    port: o.port, hostname: o.announce || "127.0.0.1", host: "127.0.0.1", resourcePath: "/peer",
    certificateFile: o.cert, privateKeyFile: o.key, serverCertificateManager: trusting, userCertificateManager: users,
    registerServerMethod: RegisterServerMethod.HIDDEN,
    serverInfo: { applicationUri: o.uri, productUri: "urn:peer", applicationName: { text: "peer" } },
    securityPolicies: [SecurityPolicy.None, SecurityPolicy.Basic256Sha256, SecurityPolicy.Aes128_Sha256_RsaOaep, SecurityPolicy.Aes256_Sha256_RsaPss],
    securityModes: [MessageSecurityMode.None, MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt],
    allowAnonymous: true,
    userManager: { isValidUser: (u, p) => u === o.user && p === o.pass, getUserRoles: () => [] },
    maxConnectionsPerEndpoint: 100,
    serverCapabilities: {
      maxSessions: o.sessions || 100, maxMonitoredItemsPerSubscription: 100000, maxMonitoredItems: 200000,
      operationLimits: { maxNodesPerRead: max, maxNodesPerBrowse: max, maxNodesPerWrite: max, maxMonitoredItemsPerCall: max, maxNodesPerRegisterNodes: max, maxNodesPerTranslateBrowsePathsToNodeIds: max },
    },
  });
  await server.initialize();
  const space = server.engine.addressSpace;
  let ns = null;
  for (const uri of o.namespaces || ["urn:peer:plc"]) { const n = space.registerNamespace(uri); if (uri === "urn:peer:plc") ns = n; }
  const root = ns.addObject({ organizedBy: space.rootFolder.objects, browseName: "Plc", nodeId: "s=Plc" });
  const line = ns.addObject({ componentOf: root, browseName: "Line1", nodeId: "s=Line1" });
  // A cycle: the line refers back to the PLC.
  line.addReference({ referenceType: "Organizes", nodeId: root });
  const nodes = new Map();
  const put = (v, type, value, array, status) => v.setValueFromSource(new Variant({ dataType: DataType[type], arrayType: array ? VariantArrayType.Array : VariantArrayType.Scalar, value }), status || StatusCodes.Good, new Date(Date.now() + lag));
  let lag = 0;
  const add = (name, type, value, array) => {
    const v = ns.addVariable({ componentOf: line, browseName: name, nodeId: "s=" + name, dataType: DataType[type], minimumSamplingInterval: 0, valueRank: array ? 1 : -1 });
    put(v, type, value, array);
    nodes.set(name, { v, type, value, array });
    return v;
  };
  for (let i = 0; i < (o.doubles || 0); i++) add("D" + i, "Double", i);
  add("Bool", "Boolean", true); add("I8", "SByte", -8); add("U8", "Byte", 8); add("I16", "Int16", -16); add("U16", "UInt16", 16); add("I32", "Int32", -32); add("U32", "UInt32", 32);
  add("I64", "Int64", [0xffffffff, 0xffffffd6]); add("U64", "UInt64", [1, 2]); add("F32", "Float", 1.5); add("F64", "Double", 2.25);
  add("Text", "String", "batch-7"); add("Empty", "String", ""); add("Null", "String", null); add("Bytes", "ByteString", Buffer.from([1, 2, 3])); add("When", "DateTime", new Date(Date.UTC(2026, 0, 1)));
  add("Array", "Double", Float64Array.from([10, 11, 12]), true); add("Words", "String", ["a", "b"], true);
  add("Count", "UInt32", 0); add("Steady", "Double", 42); add("State", "Int32", 2);
  put(nodes.get("Bool").v, "Boolean", true);
  const bad = add("Bad", "Double", 0); put(bad, "Double", 0, false, StatusCodes.BadSensorFailure);
  // For writes: one that cannot be written, one that limits what it is given.
  ns.addVariable({ componentOf: line, browseName: "Fixed", nodeId: "s=Fixed", dataType: DataType.Double, accessLevel: "CurrentRead", userAccessLevel: "CurrentRead" }).setValueFromSource(new Variant({ dataType: DataType.Double, value: 1 }));
  let clamped = 10;
  ns.addVariable({ componentOf: line, browseName: "Clamp", nodeId: "s=Clamp", dataType: DataType.Double, minimumSamplingInterval: 100, value: { get: () => new Variant({ dataType: DataType.Double, value: clamped }), set: (v) => { clamped = Math.min(100, v.value); return StatusCodes.Good; } } });
  // Structures of the standard: a range, and several of them.
  ns.addVariable({ componentOf: line, browseName: "Limits", nodeId: "s=Limits", dataType: "Range" }).setValueFromSource(new Variant({ dataType: DataType.ExtensionObject, value: new Range({ low: -5, high: 125.5 }) }));
  ns.addVariable({ componentOf: line, browseName: "Ranges", nodeId: "s=Ranges", dataType: "Range", valueRank: 1 }).setValueFromSource(new Variant({ dataType: DataType.ExtensionObject, arrayType: VariantArrayType.Array, value: [new Range({ low: 1, high: 2 }), new Range({ low: 3, high: 4 })] }));
  let n = 0;
  const timer = setInterval(() => {
    n++;
    for (let i = 0; i < (o.doubles || 0); i++) put(nodes.get("D" + i).v, "Double", i + n * 0.5);
    if (nodes.has("Count")) put(nodes.get("Count").v, "UInt32", n);
  }, o.ticks || 100);
  await server.start();
  servers.set(o.name, {
    server, timer,
    vanish: (name) => { space.deleteNode(nodes.get(name).v); },
    return: (name) => { const was = nodes.get(name); add(name, was.type, was.value, was.array); },
    set: (name, value) => { const it = nodes.get(name); it.value = +value; put(it.v, it.type, it.value); },
    lag: (seconds) => { lag = seconds * 1000; },
    sessions: () => console.log("SESSIONS " + o.name + " " + server.engine.currentSessionCount + " " + server.engine.currentSubscriptionCount),
  });
}

(async () => {
  for (const o of JSON.parse(process.argv[2])) await start(o);
  console.log("READY");
  require("readline").createInterface({ input: process.stdin }).on("line", async (text) => {
    const [verb, name, ...rest] = text.trim().split(" ");
    const it = servers.get(name);
    if (!it) return;
    if (verb === "stop") { clearInterval(it.timer); await it.server.shutdown(10); servers.delete(name); } else it[verb](...rest);
    console.log("DONE " + text.trim());
  });
})().catch((e) => { console.error(e); process.exit(1); });
