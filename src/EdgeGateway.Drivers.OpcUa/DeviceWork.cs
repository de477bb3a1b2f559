using EdgeGateway.Drivers.OpcUa.Lines;
using EdgeGateway.Drivers.OpcUa.Options;
using EdgeGateway.Drivers.OpcUa.Points;
using EdgeGateway.OpcUa.Client;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Records.Samples;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Drivers.OpcUa;

/// <summary>What a device's work stands on.</summary>
internal sealed record DeviceContext(string Bus, BusDevice Device, DeviceHealth Health, BusHealth BusHealth, UaLine Line, BusServices Services, ILogger Log);

/// <summary>A device's share of its line: its points, their last samples, and the samples that are missing. Runs under the line's gate.</summary>
internal abstract class DeviceWork
{
    private readonly bool[] _bad;
    private bool _clockOff;

    protected DeviceWork(DeviceContext context)
    {
        Context = context;
        Clock = new DeviceClock(context.Device.Map.Options.Get(OpcUaOptions.Time), context.Services.Stamps, context.Health);
        Writer = new SampleWriter(context.Services.Sink, context.BusHealth);
        Tracks = [.. context.Device.Points.Select(p => new PointTrack(p))];
        _bad = new bool[Tracks.Length];
    }

    public DeviceContext Context { get; }

    public DeviceClock Clock { get; }

    protected SampleWriter Writer { get; }

    public PointTrack[] Tracks { get; }

    protected UaClient Client => Context.Line.Client;

    protected bool InSession => Client.Phase == ClientPhase.Ready;

    public abstract long NextDeadline { get; }

    public abstract void Advance(long now);

    /// <summary>False until the first session or the first failure: before that, nothing is missing yet.</summary>
    protected bool WasTold { get; private set; }

    public virtual void OnReady(bool newSession)
    {
        WasTold = true;
        if (newSession && Tracks.Any(t => t.Decoder.Field is not null)) _ = new StructureTypes(Context.Line).TellAsync(Tracks, LayoutSaid);
    }

    /// <summary>A structure's layout is known, or not; under the line's gate.</summary>
    private void LayoutSaid(int index, string? problem)
    {
        var map = Tracks[index].Point.Map;
        if (problem is null)
        {
            LayoutKnown(index);
            return;
        }
        Context.Health.LastError = $"{map.Path}: {problem}";
        Context.Log.LayoutUnknown(Context.Bus, map.Path, NodeOf(Tracks[index]).ToString(), problem);
    }

    /// <summary>Values that came before the layout could not be taken: they are asked for once more.</summary>
    protected virtual void LayoutKnown(int index)
    {
    }

    public virtual void OnLost(ClientProblem problem)
    {
        WasTold = true;
        Context.Health.Online = false;
        Context.Health.LastError = problem.Text;
    }

    protected static NodeAddress NodeOf(PointTrack track) => track.Point.Map.Options.Get(OpcUaOptions.Node);

    /// <summary>Says a point's trouble, and its end, once.</summary>
    protected void Say(int index, Quality quality, StatusCode status)
    {
        var bad = !quality.HasValue() && quality != Quality.BadStale;
        if (bad == _bad[index]) return;
        _bad[index] = bad;
        var map = Tracks[index].Point.Map;
        if (!bad)
        {
            Context.Health.LastError = null;
            Context.Log.PointBack(Context.Bus, map.Path);
            return;
        }
        var why = status.IsBad ? status.ToString() : $"the value does not fit a point of kind {map.Kind.ToString().ToLowerInvariant()} ({quality.Word()})";
        Context.Health.LastError = $"{map.Path}: {why}";
        Context.Health.CountException();
        Context.Log.PointBad(Context.Bus, map.Path, NodeOf(Tracks[index]).ToString(), why);
    }

    /// <summary>Says once that the server's clock cannot be used.</summary>
    protected void SayClock()
    {
        var off = !Clock.IsUsable;
        if (off == _clockOff) return;
        _clockOff = off;
        if (off && Clock.Origin != TimeOrigin.Gateway) Context.Log.ClockOff(Context.Bus, Context.Device.Map.Name, Clock.ServerAhead / 1e6);
    }
}
