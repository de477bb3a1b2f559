using EdgeGateway.Drivers.OpcUa.Options;
using EdgeGateway.OpcUa.Client;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.OpcUa.Polling;

/// <summary>Reads a device's points, those of one period together, at deadlines that keep their phase.</summary>
internal sealed class DevicePoll : DeviceWork
{
    private readonly PollGroup[] _groups;

    public DevicePoll(DeviceContext context)
        : base(context)
    {
        var retry = (long)context.Device.Map.Options.Get(OpcUaOptions.Retry).TotalMicroseconds;
        var register = context.Device.Map.Options.Get(OpcUaOptions.RegisterNodes);
        _groups = [.. Enumerable.Range(0, Tracks.Length).GroupBy(i => Tracks[i].Period).Select(g => new PollGroup(this, [.. g], g.Key, register, retry))];
    }

    public override long NextDeadline
    {
        get
        {
            var next = long.MaxValue;
            foreach (var group in _groups) next = Math.Min(next, group.Due);
            return next;
        }
    }

    public override void Advance(long now)
    {
        foreach (var group in _groups) group.Advance(now, InSession, WasTold);
        Writer.Post();
    }

    public override void OnReady(bool newSession)
    {
        base.OnReady(newSession);
        foreach (var group in _groups) group.OnReady(newSession);
    }

    /// <summary>Adds a value that was read.</summary>
    public void Add(int index, in EdgeGateway.OpcUa.Encoding.DataValue value, ReadOnlySpan<byte> message, in Reply reply)
    {
        // The server may have read at any time of the round trip.
        var spread = (int)Math.Min(int.MaxValue, reply.ReceivedAt - reply.SentAt);
        var quality = Tracks[index].Add(value, message, Clock, reply.ReceivedAt, reply.SentAt + spread / 2, spread, polled: true, Writer);
        Say(index, quality, value.Status);
    }

    /// <summary>Adds missing readings.</summary>
    public void Miss(int index, Quality reason, long now) => Tracks[index].Miss(reason, now, Writer);

    /// <summary>The server does not know the node's namespace.</summary>
    public void Unknown(int index, long now)
    {
        Miss(index, Quality.BadException, now);
        Say(index, Quality.BadException, new EdgeGateway.OpcUa.Encoding.StatusCode(EdgeGateway.OpcUa.Encoding.StatusCodes.BadNodeIdUnknown));
    }

    /// <summary>Notes the server's time before its values are added.</summary>
    public void Note(long serverTime, long now)
    {
        Clock.Note(serverTime, now);
        SayClock();
    }

    /// <summary>Posts what was added.</summary>
    public void Post() => Writer.Post();

    public UaClient UaClient => Client;
}
