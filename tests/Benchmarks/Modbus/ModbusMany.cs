using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EdgeGateway.Drivers.Modbus;

namespace EdgeGateway.Benchmarks.Modbus;

/// <summary>200 devices, three requests of 60 registers each, once a second: processor time, threads and bytes, beside a thread a device and a plain async loop.</summary>
internal static class ModbusMany
{
    private const int Devices = 200, Blocks = 3, Registers = 60;
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1), _measured = TimeSpan.FromSeconds(8), _patience = TimeSpan.FromSeconds(60);

    public static async IAsyncEnumerable<string> RunAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        using var server = ServerProcess.Start();
        var (ours, threads, async) = (new List<Seen>(), new List<Seen>(), new List<Seen>());
        for (var round = 0; round < 3; round++)
        {
            ours.Add(await OursAsync(server.Port, stop));
            threads.Add(await PeerAsync(server.Port, ThreadADevice, stop));
            async.Add(await PeerAsync(server.Port, AsyncLoop, stop));
        }
        foreach (var (peer, runs) in new[] { ("a thread a device", threads), ("plain async loop", async) })
        {
            yield return InterleavedPairs.Of([.. ours.Zip(runs, (o, p) => (100 * o.Share, 100 * p.Share))]).Line("modbus-many.cpu", "% of a core", peer);
            yield return Line("modbus-many.threads", "threads", peer, ours, runs, s => s.Threads);
            yield return Line("modbus-many.allocated", "B/request (whole process)", peer, ours, runs, s => s.BytesEach);
            yield return Line("modbus-many.requests", "requests/s", peer, ours, runs, s => s.Requests);
        }
    }

    private static string Line(string name, string unit, string peer, List<Seen> ours, List<Seen> runs, Func<Seen, double> read)
    {
        var (mine, other) = (Median(ours), Median(runs));
        return string.Create(CultureInfo.InvariantCulture, $"{name} {mine:0.#} {unit} | {peer} {other:0.#}{(other > 0 ? $" | {mine / other:0.000}" : "")}");

        double Median(List<Seen> seen) => seen.Select(read).Order().ElementAt(seen.Count / 2);
    }

    private static async Task<Seen> OursAsync(int port, CancellationToken stop)
    {
        using var bus = new PolledBus();
        var driver = new ModbusTcpDriver();
        for (var i = 0; i < Devices; i++) bus.Add(driver, new Dictionary<string, object> { ["host"] = "127.0.0.1", ["port"] = (long)port }, Blocks, Registers, _second);
        return await WatchAsync(() => bus.Responses, stop);
    }

    private static async Task<Seen> PeerAsync(int port, Action<int, Counter, CancellationToken> start, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var counter = new Counter();
        for (var i = 0; i < Devices; i++)
        {
            start(port, counter, end.Token);
            await Task.Delay(1, stop);
        }
        var seen = await WatchAsync(() => counter.Count, stop);
        await end.CancelAsync();
        while (counter.Running > 0) await Task.Delay(20, stop);
        // A peer that failed has measured nothing.
        if (counter.Fault is { } fault) throw new InvalidOperationException("A peer of the benchmark failed.", fault);
        return seen;
    }

    private static async Task<Seen> WatchAsync(Func<long> responses, CancellationToken stop)
    {
        // Each device twice: then all are connected and warm.
        for (var begun = Stopwatch.GetTimestamp(); responses() < 2 * Devices * Blocks; await Task.Delay(20, stop))
        {
            if (Stopwatch.GetElapsedTime(begun) > _patience) throw new TimeoutException("The devices are not all polled.");
        }
        using var process = Process.GetCurrentProcess();
        var cpu = Environment.CpuUsage.TotalTime;
        var (count, allocated, begin) = (responses(), GC.GetTotalAllocatedBytes(precise: true), Stopwatch.GetTimestamp());
        await Task.Delay(_measured, stop);
        // Bytes first: looking at the process takes some.
        var (elapsed, done, bytes) = (Stopwatch.GetElapsedTime(begin), responses() - count, GC.GetTotalAllocatedBytes(precise: true) - allocated);
        var used = Environment.CpuUsage.TotalTime - cpu;
        process.Refresh();
        return new Seen(used / elapsed, process.Threads.Count, bytes / (double)done, done / elapsed.TotalSeconds);
    }

    private static void ThreadADevice(int port, Counter counter, CancellationToken stop)
    {
        counter.Begin();
        new Thread(() =>
        {
            try
            {
                using var socket = Connect(port);
                byte[] answer = new byte[9 + 2 * Registers];
                while (!stop.IsCancellationRequested)
                {
                    var begin = Stopwatch.GetTimestamp();
                    for (var block = 0; block < Blocks; block++)
                    {
                        socket.Send(Request(block));
                        for (var held = 0; held < answer.Length;) held += Some(socket.Receive(answer, held, answer.Length - held, SocketFlags.None));
                        counter.Add();
                    }
                    stop.WaitHandle.WaitOne(Rest(begin));
                }
            }
            catch (Exception fault)
            {
                counter.Fault = fault;
            }
            counter.End();
        }, 128 * 1024) { IsBackground = true }.Start();
    }

    private static void AsyncLoop(int port, Counter counter, CancellationToken stop)
    {
        counter.Begin();
        _ = Task.Run(async () =>
        {
            try
            {
                using var socket = Connect(port);
                byte[] answer = new byte[9 + 2 * Registers];
                while (true)
                {
                    var begin = Stopwatch.GetTimestamp();
                    for (var block = 0; block < Blocks; block++)
                    {
                        await socket.SendAsync(Request(block), SocketFlags.None, stop);
                        for (var held = 0; held < answer.Length;) held += Some(await socket.ReceiveAsync(answer.AsMemory(held), SocketFlags.None, stop));
                        counter.Add();
                    }
                    await Task.Delay(Rest(begin), stop);
                }
            }
            catch (OperationCanceledException)
            {
            }
            catch (Exception fault)
            {
                counter.Fault = fault;
            }
            counter.End();
        }, CancellationToken.None);
    }

    // The end of a connection is no answer, and must not be waited for again and again.
    private static int Some(int count) => count > 0 ? count : throw new IOException("The devices hung up.");

    private static Socket Connect(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }

    private static byte[] Request(int block) => [0, (byte)block, 0, 0, 0, 6, 1, 3, 0, (byte)(block * Registers), 0, Registers];

    private static TimeSpan Rest(long begin) => TimeSpan.FromMilliseconds(Math.Max(0, (_second - Stopwatch.GetElapsedTime(begin)).TotalMilliseconds));

    private readonly record struct Seen(double Share, int Threads, double BytesEach, double Requests);

    private sealed class Counter
    {
        private long _count;
        private int _running;

        public long Count => Interlocked.Read(ref _count);

        public Exception? Fault { get; set; }

        public int Running => Volatile.Read(ref _running);

        public void Add() => Interlocked.Increment(ref _count);

        public void Begin() => Interlocked.Increment(ref _running);

        public void End() => Interlocked.Decrement(ref _running);
    }
}
