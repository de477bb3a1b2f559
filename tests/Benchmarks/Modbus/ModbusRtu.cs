using System.Diagnostics;
using System.Globalization;
using System.IO.Ports;
using EdgeGateway.Drivers.Modbus;
using EdgeGateway.Modbus.Framing;
using EdgeGateway.Modbus.Pdu;

namespace EdgeGateway.Benchmarks.Modbus;

/// <summary>100 registers over a pty: the bus beside a master on <see cref="SerialPort.BaseStream"/>; then on a pty whose bytes take as long as on a line, as a share of what bytes and silence need.</summary>
internal static class ModbusRtu
{
    private const int Registers = 100, WarmUp = 20;

    public static IEnumerable<string> Run()
    {
        double bytes = double.NaN;
        using (var server = ServerProcess.Start(byteMicros: 0))
        {
            var pairs = InterleavedPairs.Measure(() => Ours(server.Terminal, 115_200, TimeSpan.Zero, 2_000, out bytes), () => OnBaseStream(server.Terminal), pairs: 7, warmUps: 1);
            yield return pairs.Line("modbus-rtu.requests", "requests/s", "SerialPort.BaseStream");
            yield return Figure.Line("modbus-rtu.allocated", bytes, "B/request (whole process)");
        }
        foreach (var baud in new[] { 9_600, 19_200, 38_400, 115_200 })
        {
            var byteMicros = 10 * 1e6 / baud;
            var silence = baud > 19_200 ? 1_750 : 38.5 * 1e6 / baud;
            using var server = ServerProcess.Start(byteMicros);
            // About a second of the line.
            var requests = (int)(1e6 / (213 * byteMicros + silence)) + 1;
            // The raw side sends as soon as the answer and the silence are over; what both lack to 100 % is the machine's.
            var pairs = InterleavedPairs.Measure(() => Ours(server.Terminal, baud, null, requests, out _), () => Raw(server.Terminal, silence, requests), pairs: 3, warmUps: 1);
            var needed = (8 + 5 + 2 * Registers) * byteMicros + silence;
            yield return pairs.Line($"modbus-rtu.line_{baud.ToString(CultureInfo.InvariantCulture)}", "requests/s", "raw loop")
                + string.Create(CultureInfo.InvariantCulture, $" | {pairs.Ours * needed / 1e4:0.0} % of the theoretical line time, raw loop {pairs.Peer * needed / 1e4:0.0} %");
        }
    }

    private static double Raw(string path, double silence, int requests)
    {
        using var port = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        byte[] request = new byte[8], pdu = new byte[5], answer = new byte[5 + 2 * Registers];
        Rtu.Write(request, 1, pdu.AsSpan(0, new ReadRequest(FunctionCode.ReadHoldingRegisters, 0, Registers).Write(pdu)));
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < requests; i++)
        {
            port.Write(request);
            port.ReadExactly(answer);
            var end = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(end).TotalMicroseconds < silence) Thread.SpinWait(20);
        }
        return requests / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    private static double Ours(string port, int baud, TimeSpan? silence, int requests, out double bytes)
    {
        using var bus = new PolledBus();
        var options = new Dictionary<string, object> { ["port"] = port, ["baud"] = (long)baud };
        if (silence is { } s) options["silence"] = s;
        bus.Add(new ModbusRtuDriver(), options, blocks: 1, Registers, TimeSpan.FromMicroseconds(1));
        return bus.Rate(requests, out bytes, warmUp: 3);
    }

    private static double OnBaseStream(string path)
    {
        using var port = new SerialPort(path, 115_200);
        port.Open();
        var stream = port.BaseStream;
        byte[] request = new byte[8], pdu = new byte[5], answer = new byte[5 + 2 * Registers];
        Rtu.Write(request, 1, pdu.AsSpan(0, new ReadRequest(FunctionCode.ReadHoldingRegisters, 0, Registers).Write(pdu)));
        for (var i = 0; i < WarmUp; i++) Once();
        var (begin, done) = (Stopwatch.GetTimestamp(), 0);
        for (; Stopwatch.GetElapsedTime(begin).TotalMilliseconds < 400; done++) Once();
        return done / Stopwatch.GetElapsedTime(begin).TotalSeconds;

        void Once()
        {
            stream.Write(request);
            for (var held = 0; held < answer.Length;) held += stream.Read(answer, held, answer.Length - held);
            if (Rtu.ScanResponse(answer, out _, out _) != ScanStatus.Done) throw new InvalidOperationException("A damaged answer.");
        }
    }
}
