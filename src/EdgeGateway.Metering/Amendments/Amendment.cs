using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Amendments;

/// <summary>What has become known of a counter's past: records stated before are to be stated again by it. Says absolute totals, so that it may be applied to a record once or never, whatever else was.</summary>
internal sealed class Amendment
{
    /// <summary>Number of the entry it comes from: records with a higher revision know it already.</summary>
    public required long Seq { get; init; }

    /// <summary>Persisted point id.</summary>
    public required int Point { get; init; }

    /// <summary>Totals after this time are concerned, UTC microseconds.</summary>
    public required long From { get; init; }

    /// <summary>Records that end after it are stated again from what metering holds.</summary>
    public required long To { get; init; }

    /// <summary>Records that start at or after it are not concerned.</summary>
    public long Reaches { get; init; } = long.MaxValue;

    /// <summary>Base windows from here on were stated with the total held, because it was awaited: they say nothing of it, and a gap record may stand for them.</summary>
    public long HeldFrom { get; init; } = long.MaxValue;

    /// <summary>The line as it is known now.</summary>
    public List<Stretch> Stretches { get; } = [];

    /// <summary>Single edges of it, by time.</summary>
    public List<(long Time, Edge Edge)> Edges { get; } = [];

    /// <summary>By how much totals from <see cref="ShiftFrom"/> on are higher, in 1/65 536 of a step.</summary>
    public long Shift { get; init; }

    /// <summary>See <see cref="Shift"/>.</summary>
    public long ShiftFrom { get; init; } = long.MaxValue;

    /// <summary>By how much less doubtful they are, in 1/65 536 of a step; never above 0.</summary>
    public long DoubtShift { get; init; }

    /// <summary>That another ratio holds from a time on, or null.</summary>
    public RatioChange? Ratio { get; init; }

    /// <summary>Register epoch of windows that end behind <see cref="ShiftFrom"/>, or begin where another meter's ratio does; -1 where it is as it was.</summary>
    public int Epoch { get; init; } = -1;

    /// <summary>What may have passed otherwise than was counted up to <see cref="From"/>; null where that was not kept.</summary>
    public long? Doubt { get; init; }

    /// <summary>Flags to take back.</summary>
    public WindowFlags Clear { get; init; }

    /// <summary>True where it tells of the line as it is held, and nothing else.</summary>
    public bool IsLine => Reaches == long.MaxValue && Shift == 0 && DoubtShift == 0 && Ratio is null && Epoch < 0;

    /// <summary>True where it says all that an earlier one said.</summary>
    public bool Covers(Amendment earlier) => Point == earlier.Point && From == earlier.From
        && (Reaches != long.MaxValue ? Reaches == earlier.Reaches : IsLine && earlier.IsLine && To >= earlier.To && HeldFrom <= earlier.HeldFrom && (earlier.Clear & ~Clear) == WindowFlags.None);

    /// <summary>Adds edges inside base windows.</summary>
    public void AddCuts(IEnumerable<(long Time, Edge Edge)> cuts)
    {
        foreach (var cut in cuts)
        {
            var index = Edges.BinarySearch(cut, ByTime);
            if (index < 0 && !Stretches.Exists(s => s.Holds(cut.Time))) Edges.Insert(~index, cut);
        }
    }

    /// <summary>The edge at a time, or null where it is as it was.</summary>
    public Edge? EdgeAt(long time, Cutting cutting)
    {
        foreach (var stretch in Stretches)
        {
            if (stretch.Holds(time)) return stretch.At(time, cutting);
        }
        var index = Edges.BinarySearch((time, default), ByTime);
        return index >= 0 ? Edges[index].Edge : null;
    }

    /// <summary>What is to be said of a window, or of a part of one.</summary>
    /// <param name="start">Its start, UTC microseconds.</param>
    /// <param name="end">Its end.</param>
    /// <param name="slice">Length of a base window, of which a boundary's edge tells, microseconds.</param>
    public WindowFlags FlagsOf(long start, long end, long slice)
    {
        var flags = WindowFlags.None;
        foreach (var stretch in Stretches)
        {
            if (stretch.From.Time < end && stretch.To.Time > start) flags |= stretch.Flags;
        }
        foreach (var (time, edge) in Edges)
        {
            if (time > start && time - slice < end) flags |= edge.Flags;
        }
        return flags;
    }

    /// <summary>The bound of an edge that stays where it is: of a meter that can count more than was thought, it is wider.</summary>
    public long Widened(long bound, long time) => Ratio is { } change && time > change.From ? change.Widened(bound) : bound;

    /// <summary>The same, for records that end up to a time.</summary>
    public Amendment Until(long to)
    {
        var same = new Amendment { Seq = Seq, Point = Point, From = From, To = to, Shift = Shift, ShiftFrom = ShiftFrom, Ratio = Ratio?.Again(), Epoch = Epoch, Clear = Clear, HeldFrom = HeldFrom, Doubt = Doubt, DoubtShift = DoubtShift, Reaches = Reaches };
        same.Stretches.AddRange(Stretches);
        same.Edges.AddRange(Edges);
        return same;
    }

    public void Save(ByteWriter w)
    {
        w.Signed(Point);
        w.Signed(Seq);
        w.Signed(From);
        w.Signed(To);
        w.Signed(HeldFrom);
        w.Signed(Shift);
        w.Signed(ShiftFrom);
        w.Signed(Epoch);
        w.Byte(Ratio is null ? (byte)0 : (byte)1);
        Ratio?.Save(w);
        w.Unsigned((uint)Clear);
        w.Byte(Doubt is null ? (byte)0 : (byte)1);
        w.Signed(Doubt ?? 0);
        w.Signed(DoubtShift);
        w.Signed(Reaches);
        w.Unsigned((ulong)Stretches.Count);
        foreach (var stretch in Stretches) stretch.Save(w);
        w.Unsigned((ulong)Edges.Count);
        foreach (var (time, edge) in Edges)
        {
            w.Signed(time);
            edge.Save(w);
        }
    }

    public static Amendment Load(int point, byte version, ref ByteReader r)
    {
        var (seq, from, to) = (r.Signed(), r.Signed(), r.Signed());
        // Up to version 4 every long gap had a record of its own, whoever had been awaited.
        var held = version < 5 ? from : r.Signed();
        var (shift, shiftFrom, epoch, rated) = (r.Signed(), r.Signed(), r.Int32(), r.Byte() != 0);
        // Up to version 3 no ratio was ever corrected, but its place was kept.
        if (version < 4) (_, _) = (r.Signed(), r.Signed());
        var ratio = version > 3 && rated ? RatioChange.Load(from, version, ref r) : null;
        var clear = (WindowFlags)(uint)r.Unsigned();
        var doubted = version > 5 && r.Byte() != 0;
        var (doubt, doubtShift) = version > 5 ? (r.Signed(), r.Signed()) : (0, 0);
        var reaches = version > 5 ? r.Signed() : long.MaxValue;
        var amendment = new Amendment { Seq = seq, Point = point, From = from, To = to, HeldFrom = held, Shift = shift, ShiftFrom = shiftFrom, Epoch = epoch, Ratio = ratio, Clear = clear, Doubt = doubted ? doubt : null, DoubtShift = doubtShift, Reaches = reaches };
        for (var left = r.Count(11); left > 0 && !r.Failed; left--) amendment.Stretches.Add(Stretch.Load(ref r, version));
        for (var left = r.Count(7); left > 0 && !r.Failed; left--) amendment.Edges.Add((r.Signed(), Edge.Load(ref r, version)));
        return amendment;
    }

    private static readonly Comparer<(long Time, Edge Edge)> ByTime = Comparer<(long Time, Edge Edge)>.Create(static (a, b) => a.Time.CompareTo(b.Time));
}
