using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Storage.Sqlite;

namespace EdgeGateway.Storage.Bounds;

/// <summary>Takes the oldest entries off the input log, never one that the older checkpoint needs.</summary>
internal static class SampleShed
{
    // An entry stands at each checkpoint and names its plan: it stays as well. With one checkpoint only, nothing may go.
    private const string Keep = "SELECT CASE count(*) WHEN 2 THEN min(seq) ELSE 0 END FROM checkpoint";
    private const string Oldest = "SELECT seq, now_us, codec, length(body), kind FROM input WHERE seq < ? ORDER BY seq LIMIT ?";
    private const string NextTimed = "SELECT now_us FROM input WHERE seq > ? AND codec & 128 = 0 ORDER BY seq LIMIT 1";
    private const string Drop = "DELETE FROM input WHERE seq <= ?";
    private const string DropQuarantine = "DELETE FROM quarantine WHERE stream = 'telemetry' AND id <= ?";

    /// <summary>One step within the caller's transaction.</summary>
    /// <param name="file">The writer's connection.</param>
    /// <param name="bytesOver">Bytes beyond the bound; not above zero where there are none.</param>
    /// <param name="horizon">Entries before this time go, UTC microseconds.</param>
    /// <param name="limit">Entries at most.</param>
    /// <param name="unsent">Is told of each.</param>
    /// <param name="shed">Counts them.</param>
    public static void Step(Connection file, long bytesOver, long horizon, int limit, Unsent unsent, Shed shed)
    {
        var keep = file.Number(Keep)!.Value;
        var (cut, entries, bytes) = (0L, 0L, 0L);
        var oldest = file.Prepared(Oldest);
        oldest.Bind(1, keep);
        oldest.Bind(2, limit);
        var following = (long?)null;
        while (oldest.Step())
        {
            // What speaks boot time is as old as the first timed entry behind it.
            var timed = !EntryCodec.IsBootTime((byte)oldest.Int64(2));
            if (timed) following = null;
            var time = timed ? oldest.Int64(1) : following ??= TimeBehind(file, oldest.Int64(0));
            if (time >= horizon && bytes >= bytesOver) break;
            cut = oldest.Int64(0);
            // Marks of time and the like have nothing to send.
            if (oldest.Int64(4) == (long)EntryKind.Samples) unsent.Leaves(cut);
            (entries, bytes) = (entries + 1, bytes + oldest.Int64(3) + Tally.EntryOverhead);
        }
        oldest.Reset();
        if (cut == 0) return;
        (shed.Entries, shed.EntryBytes) = (entries, bytes);
        Run(file, Drop, cut);
        Run(file, DropQuarantine, cut);
        shed.Quarantined += file.Changes;
    }

    private static long TimeBehind(Connection file, long seq)
    {
        var next = file.Prepared(NextTimed);
        next.Bind(1, seq);
        var time = next.Step() ? next.Int64(0) : long.MaxValue;
        next.Reset();
        return time;
    }

    private static void Run(Connection file, string sql, long cut)
    {
        var drop = file.Prepared(sql);
        drop.Bind(1, cut);
        drop.Run();
    }

    /// <summary>The stream that this is.</summary>
    public const RecordStream Stream = RecordStream.Telemetry;
}
