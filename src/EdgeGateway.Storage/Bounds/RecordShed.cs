using EdgeGateway.Records.Windows;
using EdgeGateway.Storage.Sqlite;

namespace EdgeGateway.Storage.Bounds;

/// <summary>Takes the oldest records of some kinds, unit by unit, by the index of their keys.</summary>
internal static class RecordShed
{
    private const string Units = "SELECT id FROM unit UNION SELECT DISTINCT unit FROM record";
    private const string Oldest = "SELECT id, length(body) FROM record WHERE unit = ? AND kind = ? AND start_us < ? ORDER BY start_us LIMIT ?";
    private const string First = "SELECT min(start_us) FROM record WHERE unit = ? AND kind = ?";
    private const string Drop = "DELETE FROM record WHERE id = ?";
    private const string DropQuarantine = "DELETE FROM quarantine WHERE stream = 'records' AND id = ?";

    /// <summary>Ids of the units that have records.</summary>
    public static List<long> UnitsOf(Connection file)
    {
        var units = new List<long>();
        var rows = file.Prepared(Units);
        while (rows.Step()) units.Add(rows.Int64(0));
        rows.Reset();
        return units;
    }

    /// <summary>The oldest start of some kinds; <see cref="long.MaxValue"/> for none.</summary>
    public static long OldestStart(Connection file, IReadOnlyList<long> units, WindowKind[] kinds)
    {
        var oldest = long.MaxValue;
        var first = file.Prepared(First);
        foreach (var unit in units)
        {
            foreach (var kind in kinds)
            {
                first.Bind(1, unit);
                first.Bind(2, kind.Code);
                if (first.Step() && !first.IsNull(0)) oldest = Math.Min(oldest, first.Int64(0));
                first.Reset();
            }
        }
        return oldest;
    }

    /// <summary>One step within the caller's transaction: records of <paramref name="kinds"/> that start before <paramref name="horizon"/>, at most <paramref name="limit"/> of them.</summary>
    public static void Step(Connection file, IReadOnlyList<long> units, WindowKind[] kinds, long horizon, int limit, Unsent unsent, Shed shed)
    {
        var leaving = new List<long>();
        var oldest = file.Prepared(Oldest);
        foreach (var unit in units)
        {
            foreach (var kind in kinds)
            {
                if (leaving.Count >= limit) break;
                oldest.Bind(1, unit);
                oldest.Bind(2, kind.Code);
                oldest.Bind(3, horizon);
                oldest.Bind(4, limit - leaving.Count);
                while (oldest.Step())
                {
                    leaving.Add(oldest.Int64(0));
                    shed.RecordBytes += oldest.Int64(1) + Tally.RecordOverhead;
                }
                oldest.Reset();
            }
        }
        var (drop, quarantine) = (file.Prepared(Drop), file.Prepared(DropQuarantine));
        foreach (var id in leaving)
        {
            unsent.Leaves(id);
            drop.Bind(1, id);
            drop.Run();
            quarantine.Bind(1, id);
            quarantine.Run();
            shed.Quarantined += file.Changes;
        }
        shed.Records += leaving.Count;
    }
}
