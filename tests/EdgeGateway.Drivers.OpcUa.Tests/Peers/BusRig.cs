using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Drivers.OpcUa.Certificates;
using EdgeGateway.Drivers.OpcUa.Options;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.OpcUa.Security;
using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Time;
using EdgeGateway.Pipeline.Writing;
using EdgeGateway.Records.Samples;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Drivers.OpcUa.Tests.Peers;

/// <summary>A bus with one device against one server, and what it hands over.</summary>
internal sealed class BusRig : IAsyncDisposable
{
    private static readonly Mark Here = new("test.yaml", 1, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<BusPoint> _points = [];
    private Task _running = Task.CompletedTask;
    private bool _writes;

    public BusRig(OpcUaServer server, string pki)
    {
        Store = new CertificateStore(pki);
        Connection = new OptionValues { Mark = Here }.Set(OpcUaOptions.Endpoint, server.Url).Set(OpcUaOptions.Pki, pki)
            .Set(OpcUaOptions.Policy, SecurityPolicy.None).Set(OpcUaOptions.Timeout, TimeSpan.FromSeconds(5)).Set(OpcUaOptions.Backoff, TimeSpan.FromSeconds(1));
        Device = new OptionValues { Mark = Here }.Set(OpcUaOptions.Publishing, TimeSpan.FromMilliseconds(100)).Set(OpcUaOptions.Retry, TimeSpan.FromMilliseconds(500));
    }

    public OptionValues Connection { get; }

    public OptionValues Device { get; }

    public CertificateStore Store { get; }

    public RecordingSink Sink { get; } = new();

    public OpcUaBus Bus { get; private set; } = null!;

    public ILoggerFactory Log { get; init; } = NullLoggerFactory.Instance;

    public StampClock Stamps { get; } = new(TimeProvider.System);

    public BusRig Secured(SecurityPolicy policy, MessageSecurityMode mode)
    {
        Connection.Set(OpcUaOptions.Policy, policy).Set(OpcUaOptions.Mode, mode);
        return this;
    }

    /// <summary>Lets it write.</summary>
    public BusRig Writing()
    {
        _writes = true;
        return this;
    }

    /// <summary>Trusts the certificate in a PEM file.</summary>
    public BusRig Trusting(string file)
    {
        Directory.CreateDirectory(Store.FolderOf(StoreFolder.Trusted));
        File.Copy(file, Path.Combine(Store.FolderOf(StoreFolder.Trusted), Path.GetFileName(file)), overwrite: true);
        return this;
    }

    public int Add(string name, PointKind kind = PointKind.Gauge, string? node = null, double pollSeconds = 0.2, Action<OptionValues>? options = null, Func<PointMap, PointMap>? map = null)
    {
        var values = new OptionValues { Mark = Here };
        Assert.Null(NodeAddress.Read(node ?? "nsu=urn:peer:plc;s=" + name, out var address));
        values.Set(OpcUaOptions.Node, address);
        options?.Invoke(values);
        var point = new PointMap { Name = name, Path = "plc." + name, Kind = kind, Poll = TimeSpan.FromSeconds(pollSeconds), Options = values, Mark = Here };
        _points.Add(new BusPoint(map?.Invoke(point) ?? point, _points.Count));
        return _points.Count - 1;
    }

    public BusRig Start()
    {
        var device = new DeviceMap { Name = "plc", Connection = "plc-a", Options = Device, Points = [.. _points.Select(p => p.Map)], Mark = Here };
        var plan = new BusPlan(new ConnectionMap("plc-a", "opc_ua", Connection, Here), [new BusDevice(device, [.. _points])]);
        var random = new Random(1);
        var services = new BusServices(TimeProvider.System, Stamps, Sink, () => { lock (random) return random.NextDouble(); }, Log) { Writes = _writes ? WritePermit.Grant() : null };
        Bus = (OpcUaBus)new OpcUaDriver().CreateBus(plan, services);
        _running = Task.Run(() => Bus.RunAsync(_stop.Token));
        return this;
    }

    public async Task GoodAsync(int slot, TimeSpan? limit = null)
    {
        try
        {
            await Until.TrueAsync(() => Sink.Last(slot) is { } s && s.Quality.HasValue(), "a value of " + _points[slot].Map.Path, limit);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}; last {Sink.Last(slot)}; {Bus.Health.LastError}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested) return;
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }
}

/// <summary>A sample as it was handed over.</summary>
internal sealed record Sample(int Slot, long Time, int Spread, double Number, long Integer, Quality Quality, string? Text);

/// <summary>Keeps all samples. Thread-safe.</summary>
internal sealed class RecordingSink : ISampleSink
{
    private readonly Lock _gate = new();
    private readonly SampleBlockPool _pool = new(64, 64);
    private readonly List<Sample> _samples = [];

    public SampleBlock Rent() => _pool.Rent();

    public void Return(SampleBlock block) => _pool.Return(block);

    public bool TryPost(SampleBlock block)
    {
        lock (_gate)
        {
            for (var i = 0; i < block.Count; i++) _samples.Add(new Sample(block.Slots[i], block.Times[i], block.Spreads[i], block.Numbers[i], block.Integers[i], block.Qualities[i], block.Text(i)));
        }
        _pool.Return(block);
        return true;
    }

    public Sample? Last(int slot)
    {
        lock (_gate) return _samples.LastOrDefault(s => s.Slot == slot);
    }

    public IReadOnlyList<Sample> Of(int slot)
    {
        lock (_gate) return [.. _samples.Where(s => s.Slot == slot)];
    }
}
