using EdgeGateway.Records.Time;

namespace EdgeGateway.Metering.Counters;

/// <summary>Readings off the accepted line that follow each other on a line of their own. Bounded: in a long suspicion the middle is thinned, first and newest stay.</summary>
internal sealed class SuspectList
{
    /// <summary>Least time over which a new line must be seen.</summary>
    public const long ConfirmMicros = UtcMicros.PerMinute;

    private const int Limit = 64;
    private const int Advancing = 3;
    private readonly Reading[] _readings = new Reading[Limit];
    private int _advanced;

    public int Count { get; private set; }

    public ref readonly Reading First => ref _readings[0];

    public ref readonly Reading Newest => ref _readings[Count - 1];

    public ReadOnlySpan<Reading> All => _readings.AsSpan(0, Count);

    /// <summary>Samples that advanced, the first included; of a constant there is only one.</summary>
    public int AdvancedCount => _advanced;

    /// <summary>True once three advancing readings over a minute stand on the new line.</summary>
    public bool IsConfirmed => _advanced >= Advancing && Newest.Time - First.Time >= ConfirmMicros;

    public void Clear() => (Count, _advanced) = (0, 0);

    /// <summary>Begins a new suspicion.</summary>
    public void Begin(in Reading reading)
    {
        Clear();
        _readings[Count++] = reading;
        _advanced = 1;
    }

    /// <summary>Continues the newest suspect's line.</summary>
    public void Add(in Reading reading, bool advances)
    {
        if (advances) _advanced++;
        if (Count == Limit) Thin();
        _readings[Count++] = reading;
    }

    /// <summary>Puts back how many advanced, behind readings put back one by one.</summary>
    public void RestoreAdvanced(int advanced) => _advanced = advanced;

    private void Thin()
    {
        var kept = 1;
        for (var i = 2; i < Count; i += 2) _readings[kept++] = _readings[i];
        if (Count % 2 == 0) _readings[kept++] = _readings[Count - 1];
        Count = kept;
    }
}
