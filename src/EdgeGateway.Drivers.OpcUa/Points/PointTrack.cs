using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.OpcUa.Points;

/// <summary>A point's samples: a value that the server tells, the same value going on as a heartbeat, a missing one as a bad sample.</summary>
/// <remarks>
/// Times of what the server tells ascend. Bad samples of a broken line are stamped by the gateway and do not count for that: what is fetched afterwards belongs to the time before them
/// and comes as a late sample, rather than being pressed into an instant in which no machine could have counted so much.
/// </remarks>
internal sealed class PointTrack(BusPoint point)
{
    private const int DeviceSpread = 2000;

    private readonly PointDecoder _decoder = new(point.Map);
    private PointReading _told = new(Quality.BadStale, 0, 0);
    private string? _toldText;
    private long _toldTime = long.MinValue, _toldUtc = UaTime.None;
    private bool _vouched;

    public BusPoint Point => point;

    /// <summary>Decodes its values.</summary>
    public PointDecoder Decoder => _decoder;

    /// <summary>What was told last, for screens.</summary>
    public ToldNumber Told { get; } = new();

    /// <summary>Its poll period, microseconds.</summary>
    public long Period { get; } = (long)point.Map.Poll.TotalMicroseconds;

    /// <summary>When it last had a sample, by the gateway's clock.</summary>
    public long LastAdded { get; private set; } = long.MinValue;

    /// <summary>Adds what a read or a message brought.</summary>
    /// <param name="value">The value.</param>
    /// <param name="message">What its offsets refer to.</param>
    /// <param name="clock">The device's clock.</param>
    /// <param name="now">When it arrived.</param>
    /// <param name="mid">The gateway's stamp of it.</param>
    /// <param name="spread">How far that stamp may be wrong.</param>
    /// <param name="polled">True where it was read now: an old device time then says that the value still stands.</param>
    /// <param name="writer">Receives the sample.</param>
    public Quality Add(in DataValue value, ReadOnlySpan<byte> message, DeviceClock clock, long now, long mid, int spread, bool polled, SampleWriter writer)
    {
        var reading = _decoder.Decode(value, message);
        var text = point.Map.Kind == PointKind.Text ? _decoder.Text : null;
        var same = reading == _told && reading.Quality.HasValue() && text == _toldText;
        var again = same && _vouched && value.SourceTime != UaTime.None && value.SourceTime == _toldUtc;
        _vouched = true;
        // After a resumed or transferred subscription the server may tell again what was told.
        if (!polled && again) return reading.Quality;
        long time;
        var heartbeat = false;
        if (!reading.Quality.HasValue() || !clock.TryTime(value, now, out time)) time = mid;
        else if (polled && same && time <= _toldTime)
        {
            // Read now and found unchanged since its last time: it stands, which confirms nothing new. Stamped by the device's clock, so that its next change does not seem to lie before.
            time = mid + clock.Ahead;
            heartbeat = reading.Quality == Quality.Good;
        }
        else spread = DeviceSpread;
        if (time <= _toldTime) time = Math.Max(mid, _toldTime + 1);
        (_told, _toldText, _toldUtc) = (reading, text, value.SourceTime);
        Put(heartbeat ? reading with { Quality = Quality.GoodHeartbeat } : reading, text, time, spread, now, writer);
        return reading.Quality;
    }

    /// <summary>Extends what was told last to <paramref name="time"/>: a live subscription says that nothing changed.</summary>
    public void Beat(long time, int spread, long now, SampleWriter writer)
    {
        if (!_vouched || _toldTime == long.MinValue || time - _toldTime < Period) return;
        Put(_told.Quality == Quality.Good ? _told with { Quality = Quality.GoodHeartbeat } : _told, _toldText, time, spread, now, writer);
    }

    /// <summary>Messages are lost: what was told last may no longer hold, until it is told again.</summary>
    public void Doubt() => _vouched = false;

    /// <summary>Adds a missing reading, at most one a period unless <paramref name="always"/>.</summary>
    public void Miss(Quality reason, long now, SampleWriter writer, bool always = false)
    {
        if (!always && LastAdded != long.MinValue && now - LastAdded < Period) return;
        LastAdded = now;
        writer.Add(point.Slot, now, 0, new PointReading(reason, 0, 0), null);
    }

    private void Put(in PointReading reading, string? text, long time, int spread, long now, SampleWriter writer)
    {
        _toldTime = time;
        Told.Keep(time, _decoder.Raw);
        LastAdded = now;
        writer.Add(point.Slot, time, spread, reading, text);
    }
}
