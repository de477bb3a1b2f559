using SharpFuzz;

// Drives one target under afl-fuzz; the corpora lie beside the targets, and the ordinary tests replay them.
//   dotnet tool install --global SharpFuzz.CommandLine; apt-get install afl++
//   dotnet publish tests/Fuzz -c Release -o artifacts/fuzz && sharpfuzz artifacts/fuzz/EdgeGateway.Modbus.dll
//   AFL_SKIP_BIN_CHECK=1 afl-fuzz -i tests/EdgeGateway.Modbus.Tests/Corpus/ascii -o artifacts/fuzz/out -t 5000 artifacts/fuzz/Fuzz ascii
// A file that crashes it goes into that corpus under the name of what was wrong.
//   For OPC UA: sharpfuzz artifacts/fuzz/EdgeGateway.OpcUa.dll, the corpora of tests/EdgeGateway.OpcUa.Tests, and targets named opcua-variant, opcua-client and so on.
//   For what reads the streams of a line (line-tcp, line-rtu, line-ascii, line-echo, line-dtu) and for packet: sharpfuzz artifacts/fuzz/EdgeGateway.Drivers.Modbus.dll as well, and the corpora of tests/EdgeGateway.Drivers.Modbus.Tests.
var targets = EdgeGateway.Modbus.Tests.FuzzTargets.All.Concat(EdgeGateway.Drivers.Modbus.Tests.FuzzTargets.All).Concat(EdgeGateway.LineProtocol.Tests.FuzzTargets.All)
    .Concat(EdgeGateway.OpcUa.Tests.FuzzTargets.All.Select(t => KeyValuePair.Create("opcua-" + t.Key, t.Value))).ToDictionary(t => t.Key, t => t.Value);
if (args.Length != 1 || !targets.TryGetValue(args[0], out var target))
{
    Console.Error.WriteLine("Name one target: " + string.Join(", ", targets.Keys));
    return 64;
}
Fuzzer.OutOfProcess.Run(stream =>
{
    using var bytes = new MemoryStream();
    stream.CopyTo(bytes);
    target(bytes.ToArray());
});
return 0;
