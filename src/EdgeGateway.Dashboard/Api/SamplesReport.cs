using EdgeGateway.Metering.Plans;
using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Dashboard.Api;

/// <summary>Samples of one point out of the input log, down-sampled into at most six hundred spans of one length. One question at a time, and of bounded cost: the log is read for whoever looks, beside those who need it.</summary>
internal sealed class SamplesReport(IGatewayView gateway)
{
    /// <summary>Longest stretch of a question.</summary>
    public const long MostMicros = 6 * UtcMicros.PerHour;

    private const int MostBuckets = 600, Page = 256;
    private const long MostBytes = 64L * 1024 * 1024;
    private readonly Lock _gate = new();

    public SamplesAnswer Of(PointPlan point, long from, long to)
    {
        if (to - from > MostMicros) throw new BadRequestException("Samples are told for at most 6 h at a time; /api/v1/history has windows of any span.");
        lock (_gate)
        {
            var length = Math.Max(1, (to - from + MostBuckets * UtcMicros.PerSecond - 1) / (MostBuckets * UtcMicros.PerSecond)) * UtcMicros.PerSecond;
            var buckets = new SampleBuckets(point.Id, from, length, (int)((to - from + length - 1) / length));
            var truncated = !Read(buckets, from, to);
            return buckets.Answer(point, Texts.Time(from), Texts.Time(to), truncated);
        }
    }

    /// <summary>Fills the buckets; false where the log holds more than may be read at once.</summary>
    private bool Read(SampleBuckets buckets, long from, long to)
    {
        var (store, after, bytes) = (gateway.Store, FirstFrom(from), 0L);
        while (store.ReadEntries(after, Page) is { Count: > 0 } entries)
        {
            foreach (var entry in entries)
            {
                after = entry.Seq;
                if (OffsetOf(entry) is not { } offset) continue;
                // An entry holds what was read before it was made; a minute covers how late a bus may be.
                if (entry.Now + offset > to + UtcMicros.PerMinute) return true;
                if (entry.Kind != EntryKind.Samples) continue;
                if ((bytes += entry.Body.Length) > MostBytes) return false;
                buckets.Offset = offset;
                SampleBlockCodec.TryDecode(EntryCodec.Body(entry.Codec), entry.Body, ref buckets);
            }
        }
        return true;
    }

    /// <summary>Number of an entry before the first whose time is <paramref name="time"/> or later; times never fall from entry to entry.</summary>
    private long FirstFrom(long time)
    {
        var (low, high) = (0L, gateway.Store.DurableSeq);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (gateway.Store.ReadEntries(middle, 1) is [var entry] && entry.Now + (OffsetOf(entry) ?? 0) < time) low = entry.Seq;
            else high = middle;
        }
        return low;
    }

    /// <summary>What makes the entry's times UTC; null where that is not known yet.</summary>
    private long? OffsetOf(StoredEntry entry) => EntryCodec.IsBootTime(entry.Codec) ? gateway.Store.Boot(entry.Boot).UtcOffsetMicros : 0;
}

/// <summary>Spans of one length in the making: what a point's samples were in each.</summary>
internal sealed class SampleBuckets(int pointId, long from, long length, int count) : ISampleRowSink
{
    private readonly double[] _sum = new double[count], _min = new double[count], _max = new double[count];
    private readonly long[] _last = new long[count];
    private readonly int[] _good = new int[count], _bad = new int[count];

    /// <summary>What makes times of the entry under way UTC.</summary>
    public long Offset { get; set; }

    public void Row(int point, long time, int spread, double number, long integer, Quality quality, string? text)
    {
        var at = time + Offset - from;
        if (point != pointId || at < 0 || at / length >= count) return;
        var i = (int)(at / length);
        if (!quality.HasValue())
        {
            _bad[i]++;
            return;
        }
        var value = double.IsFinite(number) ? number : 0;
        (_min[i], _max[i]) = _good[i] == 0 ? (value, value) : (Math.Min(_min[i], value), Math.Max(_max[i], value));
        (_sum[i], _last[i]) = (_sum[i] + value, integer);
        _good[i]++;
    }

    public SamplesAnswer Answer(PointPlan point, string start, string end, bool truncated)
    {
        var gauge = point.Kind == PointKind.Gauge;
        double? Of(int i, double value) => gauge && _good[i] > 0 ? value : null;
        var all = Enumerable.Range(0, count).ToArray();
        return new SamplesAnswer(point.Path, Texts.Kind(point.Kind), point.Unit.Symbol(), start, end, truncated, length / UtcMicros.PerSecond, [.. all.Select(i => (from + i * length) / UtcMicros.PerSecond)], _good, _bad,
            [.. all.Select(i => Of(i, _sum[i] / Math.Max(1, _good[i])))], [.. all.Select(i => Of(i, _min[i]))], [.. all.Select(i => Of(i, _max[i]))],
            [.. all.Select(i => gauge || _good[i] == 0 ? null : _last[i].ToString(System.Globalization.CultureInfo.InvariantCulture))]);
    }
}
