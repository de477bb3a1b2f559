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
        var (cursor, next, before, read) = (from, from, from, 0);
        // Page by page; one of which nothing can be read ends the reading.
        do
        {
            var rows = gateway.Store.ReadWindows(sum.Unit, kinds[level].Code, before = next, to, Page);
            read = rows.Count;
            foreach (var row in rows)
            {
                if (!WindowRecordCodec.TryDecode(row.Body, record)) continue;
                next = record.Start + 1;
                if (record.Start < cursor || record.End > to) continue;
                if (record.Start > cursor) Cover(sum, new WindowRecord(), kinds, level + 1, cursor, record.Start);
                sum.Add(record);
                cursor = record.End;
            }
        }
        while (read == Page && next > before);
        if (cursor < to) Cover(sum, record, kinds, level + 1, cursor, to);
    }
}
