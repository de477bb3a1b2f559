using System.Diagnostics;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Drivers.Modbus;
using EdgeGateway.Modbus.Registers;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Time;
using EdgeGateway.Records.Samples;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Benchmarks.Modbus;

/// <summary>A bus as <c>run</c> makes it, with a sink that takes blocks and returns them.</summary>
internal sealed class PolledBus : ISampleSink, IDisposable
{
    private static readonly Mark _here = new("bench.yaml", 1, 1);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private readonly SampleBlockPool _pool = new(256, 64);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<(IBus Bus, Task Run)> _buses = [];
    private readonly BusServices _services;
    private readonly ManualResetEventSlim _reached = new();
    private long _answers, _target = long.MaxValue;
    private (long Answers, long At) _seen;

    public PolledBus() => _services = new BusServices(TimeProvider.System, new StampClock(TimeProvider.System), this, () => 0.5, NullLoggerFactory.Instance);

    public long Responses => _buses.Sum(b => b.Bus.Health.Responses);

    public long Errors => _buses.Sum(b => b.Bus.Health.Devices.Sum(d => d.Errors));

    /// <summary>Processor time of the whole process for each of the answers that were timed last.</summary>
    public double CpuMicros { get; private set; }

    public SampleBlock Rent() => _pool.Rent();

    public void Return(SampleBlock block) => _pool.Return(block);

    // Called by the one thread of the driver, once an answer.
    public bool TryPost(SampleBlock block)
    {
        _pool.Return(block);
        var answers = _answers + 1;
        Volatile.Write(ref _answers, answers);
        if (answers < Volatile.Read(ref _target)) return true;
        Volatile.Write(ref _target, long.MaxValue);
        _seen = (answers, Stopwatch.GetTimestamp());
        _reached.Set();
        return true;
    }

    /// <summary>Waits for so many more answers, without looking at the clock or the bus meanwhile.</summary>
    /// <returns>How many there were since the start, and the time stamp of the last.</returns>
    public (long Answers, long At) After(long answers)
    {
        _reached.Reset();
        Volatile.Write(ref _target, Volatile.Read(ref _answers) + answers);
        return _reached.Wait(_patience) ? _seen : throw new TimeoutException($"No answers: {_buses[0].Bus.Health.LastError}");
    }

    /// <summary>Answers a second over so many of them, and bytes that the whole process allocated for each. <paramref name="hold"/> puts threads in their places once there are some.</summary>
    public double Rate(long answers, out double bytes, int warmUp = 200, Action? hold = null)
    {
        // The first wait makes what waits need.
        After(warmUp);
        if (hold is not null)
        {
            hold();
            After(warmUp);
        }
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        // The timed stretch begins with an answer and ends with one.
        var (first, begin) = After(1);
        var cpu = Environment.CpuUsage.TotalTime;
        var (last, end) = After(answers);
        CpuMicros = (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / (last - first);
        bytes = Math.Max(0, GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)answers;
        if (Errors > 0) throw new InvalidOperationException("A request failed.");
        return (last - first) / Stopwatch.GetElapsedTime(begin, end).TotalSeconds;
    }

    /// <summary>Adds a connection with one device of <paramref name="blocks"/> requests; a point stands at either end of each.</summary>
    public void Add(ModbusDriver driver, IReadOnlyDictionary<string, object> connection, int blocks, int registers, TimeSpan poll)
    {
        var device = new DeviceMap
        {
            Name = "meter", Connection = "bus", Mark = _here, Options = Values(driver.Schema.Device, new Dictionary<string, object> { ["unit_id"] = 1L, ["read_over"] = 124L, ["max_registers"] = (long)registers }),
            Points = [.. Enumerable.Range(0, blocks).SelectMany(b => new[] { Point(driver, b * registers, poll), Point(driver, (b + 1) * registers - 1, poll) })],
        };
        var slot = 0;
        var plan = new BusPlan(new ConnectionMap("bus", driver.Schema.Key, Values(driver.Schema.Connection, connection), _here),
            [new BusDevice(device, [.. device.Points.Select(p => new BusPoint(p, slot++))])]);
        var bus = driver.CreateBus(plan, _services);
        _buses.Add((bus, bus.RunAsync(_stop.Token)));
    }

    public void Dispose()
    {
        _stop.Cancel();
        Task.WaitAll([.. _buses.Select(b => b.Run)]);
        _stop.Dispose();
        _reached.Dispose();
    }

    private static PointMap Point(ModbusDriver driver, int address, TimeSpan poll) => new()
    {
        Name = "p", Path = "meter.p", Kind = PointKind.Gauge, Poll = poll, Mark = _here,
        Options = Values(driver.Schema.Point, new Dictionary<string, object> { ["address"] = (long)address, ["type"] = RegisterType.U16 }),
    };

    private static OptionValues Values(OptionTable table, IReadOnlyDictionary<string, object> given)
    {
        var values = new OptionValues { Mark = _here };
        foreach (var (key, value) in given) values.Set(table.Find(key)!, value);
        return values;
    }
}
