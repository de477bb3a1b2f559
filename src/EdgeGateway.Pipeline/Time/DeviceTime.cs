using System.Globalization;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Pipeline.Time;

/// <summary>The third source: the clock of a device that the map names (<c>gateway.clock_device</c>), good to about a second. Thread-safe.</summary>
/// <remarks>Answers take time to arrive and clocks of meters show whole seconds, so every reading is late, by up to a second: the latest of the last few is the nearest.</remarks>
/// <param name="stamps">Boot time.</param>
/// <param name="notBefore">Time of the newest commit: a device whose clock fell back to some early date lies before it and vouches for nothing.</param>
public sealed class DeviceTime(StampClock stamps, long notBefore) : IClockSource
{
    /// <summary>How long a reading vouches, microseconds.</summary>
    public const long Fresh = 5 * UtcMicros.PerMinute;

    private const long Jitter = 2 * UtcMicros.PerSecond;
    private readonly Lock _guard = new();
    private readonly long[] _offsets = new long[8];
    private int _count;
    private long _notedAt;

    /// <summary>Where a driver tells its device's time; asked before every answer. Null where the time comes by <see cref="Note(long, long)"/>.</summary>
    public Func<DeviceClockReading?>? Told { get; set; }

    /// <inheritdoc/>
    public string Name => "device";

    /// <inheritdoc/>
    public bool HasOwnTime => true;

    /// <inheritdoc/>
    public bool IsSynchronised => Offset is not null;

    /// <inheritdoc/>
    public long? Offset
    {
        get
        {
            if (Told?.Invoke() is { } told) Note(told.Offset, told.At);
            lock (_guard)
            {
                if (_count == 0 || stamps.Now - _notedAt > Fresh) return null;
                var offset = _offsets.AsSpan(0, Math.Min(_count, _offsets.Length)).ToArray().Max();
                return _notedAt + offset >= Math.Max(notBefore, ClockLimits.Set) ? offset : null;
            }
        }
    }

    /// <summary>Takes a reading.</summary>
    /// <param name="offset">The device's UTC less boot time, microseconds.</param>
    /// <param name="at">Boot time of the reading.</param>
    public void Note(long offset, long at)
    {
        lock (_guard)
        {
            if (_count > 0 && at == _notedAt) return;
            // It was set, or one of the readings is nonsense: begin again.
            if (_count > 0 && Math.Abs(offset - _offsets[(_count - 1) % _offsets.Length]) > Jitter) _count = 0;
            _offsets[_count++ % _offsets.Length] = offset;
            _notedAt = at;
        }
    }

    /// <summary>Takes the text of a point that shows the device's time, as date points of Modbus devices do; without an offset in it, it is in <paramref name="zone"/>.</summary>
    /// <returns>False where it is no time, or one that happens twice in that zone.</returns>
    public bool Note(string text, TimeZoneInfo zone, long at)
    {
        ArgumentNullException.ThrowIfNull(zone);
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var shown)) return false;
        if (shown.Kind != DateTimeKind.Utc)
        {
            if (zone.IsAmbiguousTime(shown) || zone.IsInvalidTime(shown)) return false;
            shown = TimeZoneInfo.ConvertTimeToUtc(shown, zone);
        }
        Note(UtcMicros.From(new DateTimeOffset(shown, TimeSpan.Zero)) - at, at);
        return true;
    }
}

/// <summary>What a device's clock showed.</summary>
/// <param name="Offset">Its UTC less boot time, microseconds.</param>
/// <param name="At">Boot time of the reading.</param>
public readonly record struct DeviceClockReading(long Offset, long At);
