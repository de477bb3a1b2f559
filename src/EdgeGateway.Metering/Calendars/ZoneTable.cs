using System.Collections.Immutable;

namespace EdgeGateway.Metering.Calendars;

/// <summary>A time zone as a table of its offsets, so that metering needs neither clock nor zone database, and a replay finds the rules that were in force. Immutable.</summary>
public sealed class ZoneTable
{
    private readonly ImmutableArray<ZoneOffset> _offsets;

    /// <summary>A zone.</summary>
    /// <param name="offsets">Ascending; the first one holds from ever.</param>
    /// <exception cref="ArgumentException">There is none, or they do not ascend.</exception>
    public ZoneTable(ImmutableArray<ZoneOffset> offsets)
    {
        if (offsets.IsDefaultOrEmpty || offsets[0].From != long.MinValue) throw new ArgumentException("The first offset of a zone holds from ever.", nameof(offsets));
        for (var i = 1; i < offsets.Length; i++)
        {
            if (offsets[i].From <= offsets[i - 1].From) throw new ArgumentException("Offsets of a zone ascend.", nameof(offsets));
        }
        _offsets = offsets;
    }

    /// <summary>UTC.</summary>
    public static ZoneTable Utc { get; } = Fixed(0);

    /// <summary>A zone without daylight saving.</summary>
    public static ZoneTable Fixed(long offsetMicros) => new([new ZoneOffset(long.MinValue, offsetMicros)]);

    /// <summary>Local time of an instant, in microseconds as if it were UTC.</summary>
    public long ToLocal(long utc) => utc + _offsets[IndexOf(utc)].OffsetMicros;

    /// <summary>The first instant whose local time is <paramref name="local"/> or later: of an hour that comes twice the first, of one that is left out the instant at which it is.</summary>
    public long ToUtc(long local)
    {
        for (var i = 0; ; i++)
        {
            var utc = Math.Max(local - _offsets[i].OffsetMicros, _offsets[i].From);
            if (i + 1 == _offsets.Length || utc < _offsets[i + 1].From) return utc;
        }
    }

    private int IndexOf(long utc)
    {
        var (low, high) = (0, _offsets.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_offsets[middle].From <= utc) low = middle;
            else high = middle - 1;
        }
        return low;
    }
}
