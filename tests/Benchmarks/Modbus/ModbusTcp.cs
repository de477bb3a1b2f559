using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EdgeGateway.Drivers.Modbus;

namespace EdgeGateway.Benchmarks.Modbus;

/// <summary>125 registers over one connection, one request outstanding: the bus as <c>run</c> composes it beside the barest loop of a socket, and beside libmodbus.</summary>
internal static class ModbusTcp
{
    private const int Registers = 125, Requests = 4_000, WarmUp = 200, Pairs = 21;

    public static IEnumerable<string> Run()
    {
        using var server = ServerProcess.Start();
        var bytes = double.PositiveInfinity;
        var (ours, raw, libmodbus) = (new Side(Ours), new Side(() => Raw(server.Port)), new Side(() => ByLibModbus(server.Port)));
        yield return InterleavedPairs.Measure(ours.Run, raw.Run, Pairs).Line("modbus-tcp.requests", "requests/s", "raw .NET sync");
        yield return Line("modbus-tcp.cpu", ours, "raw .NET sync", raw);
        yield return Figure.Line("modbus-tcp.allocated", bytes, "B/request (whole process, least of the runs)");
        if (LibModbus.Missing() is { } why)
        {
            yield return $"modbus-tcp.libmodbus was not measured: {why}";
            yield break;
        }
        ours = new Side(Ours);
        yield return InterleavedPairs.Measure(ours.Run, libmodbus.Run, Pairs).Line("modbus-tcp.requests", "requests/s", "libmodbus");
        yield return Line("modbus-tcp.cpu", ours, "libmodbus", libmodbus);

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

    // Least of the runs: what others on the machine took is not in it.
    private static string Line(string name, Side ours, string peer, Side other) => string.Create(CultureInfo.InvariantCulture,
        $"{name} {ours.LeastCpuMicros:0.00} µs/request | {peer} {other.LeastCpuMicros:0.00} | {ours.LeastCpuMicros / other.LeastCpuMicros:0.000} (least of the runs)");

    /// <summary>One side of the pairs, with the processor time that a request takes in this process.</summary>
    private sealed class Side(Func<double> rate)
    {
        public double LeastCpuMicros { get; private set; } = double.PositiveInfinity;

        public double Run()
        {
            var before = Environment.CpuUsage.TotalTime;
            var requests = rate();
            LeastCpuMicros = Math.Min(LeastCpuMicros, (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / (Requests + WarmUp));
            return requests;
        }
    }
}
