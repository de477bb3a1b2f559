using EdgeGateway.Drivers.OpcUa.Certificates;
using EdgeGateway.Drivers.OpcUa.Lines;
using EdgeGateway.Drivers.OpcUa.Options;
using EdgeGateway.Drivers.OpcUa.Points;
using EdgeGateway.Drivers.OpcUa.Polling;
using EdgeGateway.Drivers.OpcUa.Watching;
using EdgeGateway.Drivers.OpcUa.Writing;
using EdgeGateway.OpcUa.Client;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Loops;
using EdgeGateway.Pipeline.Writing;
using EdgeGateway.Records.Samples;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Drivers.OpcUa;

/// <summary>One session with one server, and the devices that are read through it. All work happens under the gate of its line.</summary>
internal sealed class OpcUaBus : IWritableBus, IClientListener, ILineWork
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5), SetupRetry = TimeSpan.FromMinutes(1);
    private const long Day = 86_400_000_000;

    private readonly BusPlan _plan;
    private readonly BusServices _services;
    private readonly ILogger _log;
    private DeviceWork[] _work = [];
    private Told _told = new([], []);
    private string? _lastProblem;
    private DateTimeOffset? _own;
    private long _warned = long.MinValue;

    public OpcUaBus(BusPlan plan, BusServices services)
    {
        (_plan, _services) = (plan, services);
        _log = services.Log.CreateLogger<OpcUaDriver>();
        Health = new BusHealth(plan.Devices.Select(d => d.Map.Name));
    }

    public string Name => _plan.Connection.Name;

    public BusHealth Health { get; }

    public LoopPulse Pulse { get; } = new();

    /// <summary>The line in use, for tests.</summary>
    internal UaLine? Line { get; private set; }

    public long NextDeadline
    {
        get
        {
            var next = long.MaxValue;
            foreach (var work in _work) next = Math.Min(next, work.NextDeadline);
            return next;
        }
    }

    public RawReading? Raw(string path)
    {
        var told = _told;
        if (told.Of != _work)
        {
            var work = _work;
            _told = told = new Told(work, work.SelectMany(w => w.Tracks).ToDictionary(t => t.Point.Map.Path, t => t.Told, StringComparer.Ordinal));
        }
        return told.Numbers.GetValueOrDefault(path)?.Now;
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var wait = AfterFault;
            try
            {
                using var setup = ConnectionSetup.Of(Name, _plan.Connection.Options, _services.Time, _services.Random);
                _own = setup.Own?.NotAfter;
                await RunAsync(setup.Client, cancellationToken);
            }
            catch (OpcUaSetupException e)
            {
                Health.LastError = e.Message;
                _log.NoSetup(Name, e.Message);
                MissAll();
                wait = SetupRetry;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // A fault of ours ends neither the loop nor other buses.
                Health.LastError = e.Message;
                _log.OwnFault(e, Name);
            }
            finally
            {
                Health.Connected = false;
                foreach (var device in Health.Devices) device.Online = false;
            }
            if (!cancellationToken.IsCancellationRequested) await Task.Delay(wait, _services.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public async Task<WriteOutcome> WriteAsync(WriteOrder order, CancellationToken cancellationToken)
    {
        if (_services.Writes is null) return new WriteOutcome(false, $"{Name} only reads; nothing was written.", null);
        var point = _plan.Devices.SelectMany(d => d.Points).FirstOrDefault(p => p.Slot == order.Slot);
        if (point.Map is null || Line is not { Client: not null } line) return new WriteOutcome(false, $"{Name} is not connected; nothing was written.", null);
        return await new NodeWriter(line).WriteAsync(point.Map, order.Value, cancellationToken);
    }

    private async Task RunAsync(ClientSetup setup, CancellationToken cancellationToken)
    {
        var line = new UaLine(setup, _plan.Connection.Options.Get(OpcUaOptions.ConnectTimeout), _services.Time, _services.Stamps, Health, Pulse);
        Line = line;
        _work = [.. _plan.Devices.Select((d, i) => WorkOf(new DeviceContext(Name, d, Health.Devices[i], Health, line, _services, _log)))];
        await line.RunAsync(this, this, cancellationToken);
    }

    private static DeviceWork WorkOf(DeviceContext context) =>
        context.Device.Map.Options.Get(OpcUaOptions.Way) == ReadingWay.Poll ? new DevicePoll(context) : new DeviceWatch(context);

    public void Advance(long now)
    {
        WarnOfOwn(now);
        foreach (var work in _work) work.Advance(now);
    }

    /// <summary>Once a day from two months before its end on: servers refuse an own certificate that has expired, and have to be told of the next one in time.</summary>
    private void WarnOfOwn(long now)
    {
        if (_own is not { } end || (_warned != long.MinValue && now - _warned < Day)) return;
        _warned = now;
        if (end - _services.Time.GetUtcNow() < TimeSpan.FromDays(OwnCertificate.WarnDays)) _log.OwnExpires(Name, end, Path.GetFullPath(_plan.Connection.Options.Get(OpcUaOptions.Pki)));
    }

    public void OnReady(bool newSession)
    {
        Health.Connected = true;
        Health.LastError = _lastProblem = null;
        _log.Ready(Name, _plan.Connection.Options.Get(OpcUaOptions.Endpoint));
        foreach (var work in _work) work.OnReady(newSession);
    }

    public void OnLost(ClientProblem problem)
    {
        Health.Connected = false;
        Health.LastError = problem.Text;
        foreach (var work in _work) work.OnLost(problem);
        // The same trouble is said once, however often it is met.
        if (problem.Text == _lastProblem) return;
        _lastProblem = problem.Text;
        _log.Lost(Name, _plan.Connection.Options.Get(OpcUaOptions.Endpoint), problem.Text);
    }

    /// <summary>What was told last, by the point's path; made anew with every line. In one piece, so that a reader never gets half of two.</summary>
    private sealed record Told(DeviceWork[] Of, Dictionary<string, ToldNumber> Numbers);

    private void MissAll()
    {
        var writer = new SampleWriter(_services.Sink, Health);
        foreach (var point in _plan.Devices.SelectMany(d => d.Points)) new PointTrack(point).Miss(Quality.BadDisconnected, _services.Stamps.Now, writer);
        writer.Post();
    }
}
