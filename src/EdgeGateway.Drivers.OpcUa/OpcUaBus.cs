using EdgeGateway.Drivers.OpcUa.Certificates;
using EdgeGateway.Drivers.OpcUa.Lines;
using EdgeGateway.Drivers.OpcUa.Options;
using EdgeGateway.Drivers.OpcUa.Points;
using EdgeGateway.Drivers.OpcUa.Polling;
using EdgeGateway.Drivers.OpcUa.Watching;
using EdgeGateway.OpcUa.Client;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Loops;
using EdgeGateway.Records.Samples;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Drivers.OpcUa;

/// <summary>One session with one server, and the devices that are read through it. All work happens under the gate of its line.</summary>
internal sealed class OpcUaBus : IBus, IClientListener, ILineWork
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5), SetupRetry = TimeSpan.FromMinutes(1);

    private readonly BusPlan _plan;
    private readonly BusServices _services;
    private readonly ILogger _log;
    private DeviceWork[] _work = [];
    private string? _lastProblem;

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

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var wait = AfterFault;
            try
            {
                using var setup = ConnectionSetup.Of(Name, _plan.Connection.Options, _services.Time, _services.Random);
                if (setup.Own is { } own && own.NotAfter - _services.Time.GetUtcNow() < TimeSpan.FromDays(OwnCertificate.WarnDays)) _log.OwnExpires(Name, own.NotAfter);
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
        foreach (var work in _work) work.Advance(now);
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

    private void MissAll()
    {
        var writer = new SampleWriter(_services.Sink, Health);
        foreach (var point in _plan.Devices.SelectMany(d => d.Points)) new PointTrack(point).Miss(Quality.BadDisconnected, _services.Stamps.Now, writer);
        writer.Post();
    }
}
