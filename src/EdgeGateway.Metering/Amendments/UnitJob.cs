using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Amendments;

/// <summary>How far the stored records of one unit have been stated again: kind by kind, the longest first.</summary>
internal sealed class UnitJob
{
    /// <summary>Persisted unit id.</summary>
    public required int Unit { get; init; }

    /// <summary>Amendments to state, oldest first.</summary>
    public List<Amendment> Amendments { get; } = [];

    /// <summary>Index of the kind under way; -1 before the gap records.</summary>
    public int Kind { get; set; } = -1;

    /// <summary>Start of the next record to look at.</summary>
    public long Cursor { get; set; } = long.MinValue;

    /// <summary>The unit's gap records as the job has left them; null where they are to be read.</summary>
    public GapRecords? Gaps { get; set; }

    /// <summary>Adds an amendment, in the place of those that said no more than it does: the unit begins anew, and what knows the earlier ones already is passed over.</summary>
    public void Add(Amendment amendment)
    {
        Amendments.RemoveAll(amendment.Covers);
        Amendments.Add(amendment);
        (Kind, Cursor, Gaps) = (-1, long.MinValue, null);
    }

    public void Save(ByteWriter w)
    {
        w.Signed(Kind);
        w.Signed(Cursor);
        w.Unsigned((ulong)Amendments.Count);
        foreach (var amendment in Amendments) amendment.Save(w);
    }

    public static UnitJob Load(int unit, byte version, ref ByteReader r)
    {
        var job = new UnitJob { Unit = unit, Kind = r.Int32(), Cursor = r.Signed() };
        for (var left = r.Count(14); left > 0 && !r.Failed; left--) job.Amendments.Add(Amendment.Load(r.Int32(), version, ref r));
        return job;
    }
}
