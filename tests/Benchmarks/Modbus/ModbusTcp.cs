using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EdgeGateway.Drivers.Modbus;

namespace EdgeGateway.Benchmarks.Modbus;

/// <summary>125 registers over one connection, one request outstanding: the bus as <c>run</c> composes it beside the barest loop of a socket, and beside libmodbus.</summary>
internal static class ModbusTcp
{
    private const int Registers = 125, Requests = 2_000, WarmUp = 200, Pairs = 41;

    public static IEnumerable<string> Run()
    {
        using var server = ServerProcess.Start();
        var bytes = double.PositiveInfinity;
        var (ours, raw, libmodbus) = (new Side(Ours), new Side(() => Raw(server.Port)), new Side(() => ByLibModbus(server.Port)));
        yield return InterleavedPairs.Measure(ours.Run, raw.Run, Pairs).Line("modbus-tcp.requests", "requests/s", "raw .NET sync");
        foreach (var line in BestOf(ours, "raw .NET sync", raw)) yield return line;
        yield return Figure.Line("modbus-tcp.allocated", bytes, "B/request (whole process, least of the runs)");
        if (LibModbus.Missing() is { } why)
        {
            yield return $"modbus-tcp.libmodbus was not measured: {why}";
            yield break;
        }
        ours = new Side(Ours);
        yield return InterleavedPairs.Measure(ours.Run, libmodbus.Run, Pairs).Line("modbus-tcp.requests", "requests/s", "libmodbus");
        foreach (var line in BestOf(ours, "libmodbus", libmodbus)) yield return line;

        double Ours()
        {
            using var bus = Bus(server.Port, outstanding: 1, blocks: 1);
            var rate = bus.Rate(Requests, out var run);
            bytes = Math.Min(bytes, run);
            return rate;
        }
    }

    /// <summary>A bus with one connection and so many requests outstanding.</summary>
    public static PolledBus Bus(int port, int outstanding, int blocks)
    {
        var bus = new PolledBus();
        var connection = new Dictionary<string, object> { ["host"] = "127.0.0.1", ["port"] = (long)port, ["outstanding"] = (long)outstanding };
        bus.Add(new ModbusTcpDriver(), connection, blocks, Registers, TimeSpan.FromMicroseconds(1));
        return bus;
    }

    private static double Raw(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        byte[] request = [0, 0, 0, 0, 0, 6, 1, 3, 0, 0, 0, Registers], answer = new byte[9 + 2 * Registers];
        return Rate(() =>
        {
            if (++request[1] == 0) request[0]++;
            socket.Send(request);
            for (var held = 0; held < answer.Length;) held += socket.Receive(answer, held, answer.Length - held, SocketFlags.None);
            if (answer[1] != request[1]) throw new InvalidOperationException("Another's answer.");
        });
    }

    private static double ByLibModbus(int port)
    {
        using var master = new LibModbus(port);
        var values = new ushort[Registers];
        return Rate(() => master.Read(values));
    }

    private static double Rate(Action once)
    {
        for (var i = 0; i < WarmUp; i++) once();
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < Requests; i++) once();
        return Requests / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    // What others on the machine took weighs least in the best of the runs.
    private static IEnumerable<string> BestOf(Side ours, string peer, Side other)
    {
        yield return $"{Figure.Line("modbus-tcp.best", ours.BestRate, "requests/s")} | {peer} {Figure.Digits(other.BestRate)} | {Ratio(ours.BestRate, other.BestRate)} (best of the runs)";
        yield return $"{Figure.Line("modbus-tcp.cpu", ours.LeastCpuMicros, "µs/request")} | {peer} {Figure.Digits(other.LeastCpuMicros)} | {Ratio(ours.LeastCpuMicros, other.LeastCpuMicros)} (least of the runs)";
    }

    private static string Ratio(double ours, double peer) => (ours / peer).ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>One side of the pairs, with the processor time that a request takes in this process.</summary>
    private sealed class Side(Func<double> rate)
    {
        public double BestRate { get; private set; }

        public double LeastCpuMicros { get; private set; } = double.PositiveInfinity;

        public double Run()
        {
            var before = Environment.CpuUsage.TotalTime;
            var requests = rate();
            LeastCpuMicros = Math.Min(LeastCpuMicros, (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / (Requests + WarmUp));
            BestRate = Math.Max(BestRate, requests);
            return requests;
        }
    }
}
