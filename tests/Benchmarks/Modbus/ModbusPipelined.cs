using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace EdgeGateway.Benchmarks.Modbus;

/// <summary>125 registers over one connection with sixteen requests outstanding: the bus beside itself with one, and beside the barest loop of a socket that keeps sixteen under way.</summary>
internal static class ModbusPipelined
{
    private const int Registers = 125, Outstanding = 16, Blocks = 32, Rounds = 2_000, WarmUp = 200, Pairs = 11;

    public static IEnumerable<string> Run()
    {
        using var server = ServerProcess.Start();
        var bytes = double.PositiveInfinity;
        yield return InterleavedPairs.Measure(Ours, One, Pairs)
            .Line("modbus-pipelined.requests", "requests/s", "one outstanding");
        yield return Figure.Line("modbus-pipelined.allocated", bytes, "B/request (whole process, least of the runs)");
        yield return InterleavedPairs.Measure(Ours, () => Raw(server.Port), Pairs)
            .Line("modbus-pipelined.requests", "requests/s", "raw .NET sync, 16 outstanding");

        double Ours()
        {
            using var bus = ModbusTcp.Bus(server.Port, Outstanding, Blocks);
            var requests = bus.Rate(Rounds * Outstanding, out var run);
            bytes = Math.Min(bytes, run);
            return requests;
        }

        double One()
        {
            using var bus = ModbusTcp.Bus(server.Port, 1, Blocks);
            return bus.Rate(Rounds, out _);
        }
    }

    // Sixteen go out in one call; when all are answered, the next sixteen.
    private static double Raw(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        byte[] requests = new byte[12 * Outstanding], answers = new byte[(9 + 2 * Registers) * Outstanding];
        for (var i = 0; i < Outstanding; i++) ((ReadOnlySpan<byte>)[0, (byte)i, 0, 0, 0, 6, 1, 3, 0, 0, 0, Registers]).CopyTo(requests.AsSpan(12 * i));
        for (var i = 0; i < WarmUp; i++) Once();
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < Rounds; i++) Once();
        return Rounds * Outstanding / Stopwatch.GetElapsedTime(begin).TotalSeconds;

        void Once()
        {
            socket.Send(requests);
            for (var held = 0; held < answers.Length;) held += socket.Receive(answers, held, answers.Length - held, SocketFlags.None);
            if (answers[1] != 0) throw new InvalidOperationException("Another's answer.");
        }
    }
}
