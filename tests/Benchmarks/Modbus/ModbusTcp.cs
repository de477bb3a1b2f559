using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using EdgeGateway.Drivers.Modbus;

namespace EdgeGateway.Benchmarks.Modbus;

/// <summary>125 registers over one connection, one request outstanding: the bus as <c>run</c> composes it beside the barest loop of a socket, and beside libmodbus. One device process serves all sides, in turn.</summary>
internal static class ModbusTcp
{
    private const int Registers = 125, Requests = 2_000, WarmUp = 200, Rounds = 41, WarmUpRounds = 3;

    public static IEnumerable<string> Run()
    {
        using var server = ServerProcess.Start();
        var missing = LibModbus.Missing();
        var bytes = double.PositiveInfinity;
        foreach (var cores in Cores.All)
        {
            yield return $"modbus-tcp.{cores.Name}: {cores.About}";
            var ours = new Side("ours", Ours);
            var peers = new List<Side> { new("raw .NET sync", side => Raw(server.Port, side, Hold)) };
            if (missing is null) peers.Add(new Side("libmodbus", side => ByLibModbus(server.Port, side, Hold)));
            Side[] sides = [ours, .. peers];
            for (var round = 0; round < WarmUpRounds + Rounds; round++)
            {
                if (round == WarmUpRounds) foreach (var side in sides) side.Forget();
                // Every side is first, and last, as often as any other.
                for (var turn = 0; turn < sides.Length; turn++) Alone(sides[(round + turn) % sides.Length].Run);
            }
            foreach (var peer in peers)
            {
                yield return InterleavedPairs.Of([.. ours.Rates.Zip(peer.Rates)]).Line($"modbus-tcp.{cores.Name}.requests", "requests/s", peer.Name);
                var (mine, other) = (ours.Rates.Max(), peer.Rates.Max());
                yield return string.Create(CultureInfo.InvariantCulture, $"{Figure.Line($"modbus-tcp.{cores.Name}.best", mine, "requests/s")} | {peer.Name} {Figure.Digits(other)} | {mine / other:0.000} (best of the runs)");
                yield return InterleavedPairs.Of([.. ours.CpuMicros.Zip(peer.CpuMicros)]).Line($"modbus-tcp.{cores.Name}.cpu", "µs/request", peer.Name);
            }

            void Hold() => cores.Hold(server.Id);

            void Ours(Side side)
            {
                using var bus = Bus(server.Port, outstanding: 1, blocks: 1);
                side.Took(bus.Rate(Requests, out var run, WarmUp, Hold), bus.CpuMicros);
                bytes = Math.Min(bytes, run);
            }
        }
        yield return Figure.Line("modbus-tcp.allocated", bytes, "B/request (whole process, least of the runs)");
        if (missing is not null) yield return $"modbus-tcp.libmodbus was not measured: {missing}";
    }

    /// <summary>A bus with one connection and so many requests outstanding.</summary>
    public static PolledBus Bus(int port, int outstanding, int blocks)
    {
        var bus = new PolledBus();
        var connection = new Dictionary<string, object> { ["host"] = "127.0.0.1", ["port"] = (long)port, ["outstanding"] = (long)outstanding };
        bus.Add(new ModbusTcpDriver(), connection, blocks, Registers, TimeSpan.FromMicroseconds(1));
        return bus;
    }

    private static void Raw(int port, Side side, Action hold)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        byte[] request = [0, 0, 0, 0, 0, 6, 1, 3, 0, 0, 0, Registers], answer = new byte[9 + 2 * Registers];
        Time(() =>
        {
            if (++request[1] == 0) request[0]++;
            socket.Send(request);
            for (var held = 0; held < answer.Length;) held += socket.Receive(answer, held, answer.Length - held, SocketFlags.None);
            if (answer[1] != request[1]) throw new InvalidOperationException("Another's answer.");
        }, side, hold);
    }

    private static void ByLibModbus(int port, Side side, Action hold)
    {
        using var master = new LibModbus(port);
        var values = new ushort[Registers];
        Time(() => master.Read(values), side, hold);
    }

    // The bus has a thread of its own, new with each: so has every other side, or the scheduler would treat them differently.
    private static void Alone(Action run)
    {
        ExceptionDispatchInfo? fault = null;
        var thread = new Thread(() =>
        {
            try
            {
                run();
            }
            catch (Exception e)
            {
                fault = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        fault?.Throw();
    }

    private static void Time(Action once, Side side, Action hold)
    {
        for (var i = 0; i < WarmUp; i++) once();
        hold();
        for (var i = 0; i < WarmUp; i++) once();
        var (cpu, begin) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        for (var i = 0; i < Requests; i++) once();
        var elapsed = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        side.Took(Requests / elapsed, (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / Requests);
    }

    /// <summary>One side, with the processor time that a request takes in this process.</summary>
    private sealed class Side(string name, Action<Side> run)
    {
        public string Name { get; } = name;

        public List<double> Rates { get; } = [];

        public List<double> CpuMicros { get; } = [];

        public void Run() => run(this);

        public void Took(double rate, double cpuMicros)
        {
            Rates.Add(rate);
            CpuMicros.Add(cpuMicros);
        }

        /// <summary>What was measured until now was to warm up.</summary>
        public void Forget()
        {
            Rates.Clear();
            CpuMicros.Clear();
        }
    }
}
