using EdgeGateway.Records.Binary;
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
    private readonly long[] _depths = new long[Limit];
    private int _advanced;
    private Reading? _below, _above;

    public int Count { get; private set; }

    public ref readonly Reading First => ref _readings[0];

    public ref readonly Reading Newest => ref _readings[Count - 1];

    public ReadOnlySpan<Reading> All => _readings.AsSpan(0, Count);

    /// <summary>How far below its line each register stood, where a fall was held; steps.</summary>
    public ReadOnlySpan<long> Depths => _depths.AsSpan(0, Count);

    /// <summary>Samples that advanced, the first included; of a constant there is only one.</summary>
    public int AdvancedCount => _advanced;

    /// <summary>True once three advancing readings over a minute stand on the new line.</summary>
    public bool IsConfirmed => _advanced >= Advancing && Newest.Time - First.Time >= ConfirmMicros;

    /// <summary>The suspicion is decided.</summary>
    public void Clear()
    {
        (Count, _advanced) = (0, 0);
        (_below, _above) = (null, null);
    }

    /// <summary>Begins a new suspicion, or one in place of readings that it does not follow: what they could have become is remembered until it is decided.</summary>
    /// <param name="reading">The first reading of the new one.</param>
    /// <param name="line">The accepted line.</param>
    /// <param name="physics">What the register can do.</param>
    public void Begin(in Reading reading, in Reading line, RegisterPhysics physics)
    {
        if (Count > 0) Leave(Newest, line, physics);
        Begin(reading);
    }

    /// <summary>Puts back the first reading.</summary>
    public void Begin(in Reading reading)
    {
        (_readings[0], _depths[0]) = (reading, 0);
        (Count, _advanced) = (1, 1);
    }

    /// <summary>True where a reading on the line may be one of a line below it that was seen and left: a reset that nobody could follow until it caught up.</summary>
    public bool MayHideReset(in Reading reading, RegisterPhysics physics) => _below is { } below && physics.IsForward(below, reading);

    /// <summary>True where a reading on the line may be one of a line ahead of it that was seen and left.</summary>
    public bool MayHideJump(in Reading reading) => _above is { } above && reading.Value >= above.Value;

    /// <summary>Continues the newest suspect's line.</summary>
    /// <param name="reading">The reading, on its line.</param>
    /// <param name="advances">Whether it advanced.</param>
    /// <param name="depth">How far below its line the register stands, steps.</param>
    public void Add(in Reading reading, bool advances, long depth)
    {
        if (advances) _advanced++;
        if (Count == Limit) Thin();
        (_readings[Count], _depths[Count]) = (reading, depth);
        Count++;
    }

    /// <summary>Puts back how many advanced, behind readings put back one by one.</summary>
    public void RestoreAdvanced(int advanced) => _advanced = advanced;

    /// <summary>Appends what was left.</summary>
    public void SaveLeft(ByteWriter w)
    {
        Save(w, _below);
        Save(w, _above);
    }

    /// <summary>Appends the depths.</summary>
    public void SaveDepths(ByteWriter w)
    {
        foreach (var depth in Depths) w.Signed(depth);
    }

    /// <summary>Reads the depths back, behind the readings.</summary>
    public void LoadDepths(ref ByteReader r)
    {
        for (var i = 0; i < Count; i++) _depths[i] = r.Signed();
    }

    /// <summary>Reads back what was left.</summary>
    public void LoadLeft(ref ByteReader r) => (_below, _above) = (Load(ref r), Load(ref r));

    /// <summary>Of several lines left below, the one that may have come furthest stands for all; of those ahead, the lowest.</summary>
    private void Leave(in Reading left, in Reading line, RegisterPhysics physics)
    {
        if (left.Value >= line.Value) _above = _above is { } above && above.Value <= left.Value ? above : left;
        else if (_below is not { } below) _below = left;
        else
        {
            var furthest = left.Value >= below.Value + physics.StepsPerMicro * (left.Time - below.Time) ? left : below;
            _below = furthest with { Spread = Math.Max(left.Spread, below.Spread) };
        }
    }

    private static void Save(ByteWriter w, Reading? reading)
    {
        w.Byte(reading is null ? (byte)0 : (byte)1);
        reading.GetValueOrDefault().Save(w);
    }

    private static Reading? Load(ref ByteReader r)
    {
        var known = r.Byte() != 0;
        var reading = Reading.Load(ref r);
        return known ? reading : null;
    }

    private void Thin()
    {
        var kept = 1;
        for (var i = 2; i < Count; i += 2, kept++) (_readings[kept], _depths[kept]) = (_readings[i], _depths[i]);
        if (Count % 2 == 0) (_readings[kept], _depths[kept++]) = (_readings[Count - 1], _depths[Count - 1]);
        Count = kept;
    }
}
