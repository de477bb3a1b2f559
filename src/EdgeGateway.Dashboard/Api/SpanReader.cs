using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Dashboard.Api;

/// <summary>Covers a span with as few windows as possible: the longest that fit, shorter ones in what is left. Reads the record log only.</summary>
internal sealed class SpanReader(IGatewayView gateway)
{
    private const int Page = 1_000;

    /// <summary>Kinds of fixed length in the plan in force, the longest first.</summary>
    private IReadOnlyList<WindowKind> Kinds
    {
        get
        {
            var plan = gateway.Plant.Metering;
            return [.. plan.LongerWindows.Append(plan.BaseWindow).Where(k => k.FixedMicros > 0).OrderByDescending(k => k.FixedMicros)];
        }
    }

    /// <summary>Sums of a unit over [from, to).</summary>
    public SpanSum Read(int unit, long from, long to)
    {
        var sum = new SpanSum(unit, from, to);
        var record = new WindowRecord();
        Cover(sum, record, Kinds, 0, from, to);
        return sum;
    }

    private void Cover(SpanSum sum, WindowRecord record, IReadOnlyList<WindowKind> kinds, int level, long from, long to)
    {
        if (level >= kinds.Count || to - from < kinds[level].FixedMicros)
        {
            if (level < kinds.Count) Cover(sum, record, kinds, level + 1, from, to);
            return;
        }
        var cursor = from;
        IReadOnlyList<StoredRecord> rows;
        for (var next = from; (rows = gateway.Store.ReadWindows(sum.Unit, kinds[level].Code, next, to, Page)).Count > 0; next = StartOf(rows[^1], record, to) + 1)
        {
            foreach (var row in rows)
            {
                if (!WindowRecordCodec.TryDecode(row.Body, record) || record.Start < cursor || record.End > to) continue;
                if (record.Start > cursor) Cover(sum, new WindowRecord(), kinds, level + 1, cursor, record.Start);
                sum.Add(record);
                cursor = record.End;
            }
            if (rows.Count < Page) break;
        }
        if (cursor < to) Cover(sum, record, kinds, level + 1, cursor, to);
    }

    /// <summary>Where the next page begins behind; one that cannot be read ends the reading.</summary>
    private static long StartOf(StoredRecord row, WindowRecord record, long to) => WindowRecordCodec.TryDecode(row.Body, record) ? record.Start : to;
}
