using EdgeGateway.Benchmarks;
using EdgeGateway.Benchmarks.Modbus;
using EdgeGateway.Benchmarks.Whole;

if (args is [ServerProcess.Word, ..]) return ServerProcess.Serve(args);

// Registered by hand: what is not in this list does not run.
Benchmark[] all =
[
    new("aggregation", "history kernels over ten million samples, beside a naive loop, LINQ and a bare memory read", Aggregation.Run),
    new("line-protocol", "a point of 4 tags and 6 fields as line protocol, beside six double.TryFormat and a StringBuilder", LineProtocolBench.Run),
    new("mqtt", "samples into mosquitto in blocks, beside one message a value", MqttBench.RunAsync),
    new("metering-tick", "a second's samples of 5 000 points through metering, window closings included", MeteringTick.Run),
    new("opcua", "the OPC UA decoder alone, and 1000 Doubles a Read beside node-opcua's client", stop => OpcUaBench.RunAsync("tests/EdgeGateway.Peers/opcua", stop)),
    new("sample-codec", "samples into the form of the input log", SampleCodec.Run),
    new("store", "one-second commits of the store, beside a plain file with fsync", () => StoreBench.Run(Directory.CreateDirectory("artifacts/bench").FullName)),
    new("validate", "a map of 5 000 points and 500 units from text to plant, beside a bare YAML parse", ValidateBench.Run),
    new("modbus-tcp", "125 registers, one request outstanding, beside a raw socket loop", ModbusTcp.Run),
    new("modbus-pipelined", "the same with sixteen requests outstanding, beside one", ModbusPipelined.Run),
    new("modbus-many", "200 devices polled once a second, beside a thread a device and an async loop", ModbusMany.RunAsync),
    new("modbus-rtu", "RTU on a pty, beside SerialPort.BaseStream and what a line's bytes need", ModbusRtu.Run),
    new("end-to-end", "ten devices of 100 registers every 100 ms to mosquitto, beside Node-RED", stop => EndToEnd.RunAsync("tests/Benchmarks/node-red", stop)),
    new("footprint", "start, and memory idle and with 1000 points and a page open, beside a plain AOT web app", Footprint.RunAsync),
    new("tap", "the age of a sample at a subscriber of mosquitto, beside a bare MQTTnet publish of the same payload", Tap.RunAsync),
    new("scale", "a thousand devices of 100 points every second through metering, store and mosquitto", Scale.RunAsync),
];

if (args is ["--list"])
{
    List();
    return 0;
}
var chosen = args.Length == 0 ? all : [.. all.Where(b => args.Contains(b.Name))];
if (args.FirstOrDefault(a => all.All(b => b.Name != a)) is { } unknown)
{
    Console.Error.WriteLine($"no benchmark is called {unknown}; there are:");
    List();
    return 64;
}
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
if (args.Length == 0) List();
Console.WriteLine(Machine.Line);
try
{
    foreach (var benchmark in chosen)
    {
        await foreach (var line in benchmark.Run(stop.Token).WithCancellation(stop.Token)) Console.WriteLine(line);
    }
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}
return 0;

void List()
{
    foreach (var benchmark in all) Console.WriteLine($"  {benchmark.Name,-20} {benchmark.About}");
}
