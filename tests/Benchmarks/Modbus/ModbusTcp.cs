using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using EdgeGateway.Drivers.Modbus;

namespace EdgeGateway.Benchmarks.Modbus;

/// <summary>125 registers over one connection, one request outstanding: the bus as <c>run</c> composes it beside the barest loop of a socket.</summary>
internal static class ModbusTcp
{
    private const int Registers = 125, Requests = 4_000, WarmUp = 200;

    public static IEnumerable<string> Run()
    {
        using var server = ServerProcess.Start();
        var bytes = double.NaN;
        var pairs = InterleavedPairs.Measure(() => Ours(server.Port, out bytes), () => Raw(server.Port), pairs: 7, warmUps: 1);
        yield return pairs.Line("modbus-tcp.requests", "requests/s", "raw .NET sync");
        yield return Figure.Line("modbus-tcp.allocated", bytes, "B/request (whole process)");
        using var c = LibModbus.TryCompile(out var why);
        if (c is null) yield return $"modbus-tcp.libmodbus was not measured: {why}";
        else yield return InterleavedPairs.Measure(() => Ours(server.Port, out bytes), () => c.RequestsASecond(server.Port, Registers, Requests), pairs: 7, warmUps: 1).Line("modbus-tcp.requests", "requests/s", "libmodbus");
    }

    /// <summary>Requests a second of a bus with so many requests outstanding.</summary>
    public static double Ours(int port, out double bytes, int outstanding = 1, int blocks = 1)
    {
        using var bus = new PolledBus();
        var connection = new Dictionary<string, object> { ["host"] = "127.0.0.1", ["port"] = (long)port, ["outstanding"] = (long)outstanding };
        bus.Add(new ModbusTcpDriver(), connection, blocks, Registers, TimeSpan.FromMicroseconds(1));
        SpinWait.SpinUntil(() => bus.Responses >= WarmUp);
        var (count, allocated, begin) = (bus.Responses, GC.GetTotalAllocatedBytes(precise: true), Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(begin).TotalMilliseconds < 250) Thread.Sleep(10);
        var (elapsed, done) = (Stopwatch.GetElapsedTime(begin), bus.Responses - count);
        bytes = Math.Max(0, GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)done;
        if (bus.Errors > 0) throw new InvalidOperationException("A request failed.");
        return done / elapsed.TotalSeconds;
    }

    private static double Raw(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        byte[] request = [0, 0, 0, 0, 0, 6, 1, 3, 0, 0, 0, Registers], answer = new byte[9 + 2 * Registers];
        for (var i = 0; i < WarmUp; i++) Once(socket, request, answer);
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < Requests; i++) Once(socket, request, answer);
        return Requests / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    private static void Once(Socket socket, byte[] request, byte[] answer)
    {
        if (++request[1] == 0) request[0]++;
        socket.Send(request);
        for (var held = 0; held < answer.Length;) held += socket.Receive(answer, held, answer.Length - held, SocketFlags.None);
        if (answer[1] != request[1]) throw new InvalidOperationException("Another's answer.");
    }
}
