using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.OpcUa.Points;

/// <summary>A point's samples in order: each later than the one before; an unchanged value goes on as a heartbeat, a missing one as a bad sample.</summary>
internal sealed class PointTrack
{
    private const int DeviceSpread = 2000;

    private readonly BusPoint _point;
    private readonly PointDecoder _decoder;
    private PointReading _last = new(Quality.BadStale, 0, 0);
    private long _lastTime = long.MinValue, _lastUtc = UaTime.None;

    public PointTrack(BusPoint point)
    {
        _point = point;
        _decoder = new PointDecoder(point.Map);
        Period = (long)(point.Map.Poll.TotalMicroseconds);
    }

    public BusPoint Point => _point;

    /// <summary>Its poll period, microseconds.</summary>
    public long Period { get; }

    /// <summary>Boot time of its last sample.</summary>
    public long LastTime => _lastTime;

    /// <summary>When it last had a sample, by the gateway's clock.</summary>
    public long LastAdded { get; private set; } = long.MinValue;

    /// <summary>True where the last sample had a value.</summary>
    public bool HasValue => _last.Quality.HasValue();

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
        var text = _point.Map.Kind == PointKind.Text ? _decoder.Text : null;
        var same = reading == _last && reading.Quality.HasValue() && (text is null || text == _lastText);
        // After a resumed or transferred subscription the server may tell again what was told.
        if (!polled && same && value.SourceTime != UaTime.None && value.SourceTime == _lastUtc) return reading.Quality;
        long time;
        if (!reading.Quality.HasValue() || !clock.TryTime(value, now, out time)) time = mid;
        else if (polled && time <= _lastTime && same)
        {
            // Read now and found unchanged since its last time: it stands, which confirms nothing new. Stamped by the device's clock, so that its next change does not seem to lie before.
            time = mid + clock.Ahead;
            if (reading.Quality == Quality.Good) reading = reading with { Quality = Quality.GoodHeartbeat };
        }
        else spread = DeviceSpread;
        if (time <= _lastTime) time = Math.Max(mid, _lastTime + 1);
        _lastUtc = value.SourceTime;
        Put(reading, text, time, spread, now, writer);
        return reading.Quality;
    }

    /// <summary>Extends the last value to <paramref name="time"/>: a live subscription says that nothing changed.</summary>
    public void Beat(long time, int spread, long now, SampleWriter writer)
    {
        if (_lastTime == long.MinValue || time - _lastTime < Period) return;
        var reading = _last.Quality is Quality.Good ? _last with { Quality = Quality.GoodHeartbeat } : _last;
        Put(reading, _lastText, time, spread, now, writer);
    }

    /// <summary>Adds a missing reading, at most one a period unless <paramref name="always"/>.</summary>
    public void Miss(Quality reason, long now, SampleWriter writer, bool always = false)
    {
        if (!always && LastAdded != long.MinValue && now - LastAdded < Period) return;
        Put(new PointReading(reason, 0, 0), null, Math.Max(now, _lastTime == long.MinValue ? now : _lastTime + 1), 0, now, writer);
    }

    private string? _lastText;

    private void Put(PointReading reading, string? text, long time, int spread, long now, SampleWriter writer)
    {
        writer.Add(_point.Slot, time, spread, reading, text);
        // A heartbeat repeats a good value; the next unchanged reading is compared with that value.
        _last = reading.Quality == Quality.GoodHeartbeat ? reading with { Quality = Quality.Good } : reading;
        _lastText = text;
        _lastTime = time;
        LastAdded = now;
    }
}
