using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Publishers.Mqtt.Sending;

/// <summary>The samples of neighbouring items one behind the other, each with the item that it came from. Reused; not thread-safe.</summary>
/// <param name="names">Names behind ids.</param>
internal sealed class GatheredRows(INames names)
{
    // Enough to fill messages; few enough that a line that breaks costs little twice.
    private const int MostRows = 4096;

    private readonly List<SampleRow> _rows = [];
    private readonly List<int> _ends = [];
    private readonly HashSet<long> _alone = [];
    private int _first;

    /// <summary>Index of the last item that is sent together with <paramref name="first"/>, itself samples.</summary>
    public int LastWith(IReadOnlyList<PublishItem> items, int first)
    {
        if (_alone.Remove(items[first].Id)) return first;
        var (last, rows) = (first, ((TelemetryItem)items[first]).Samples.Count);
        while (last + 1 < items.Count && items[last + 1] is TelemetryItem next && (rows += next.Samples.Count) <= MostRows && !_alone.Contains(next.Id)) last++;
        return last;
    }

    /// <summary>Has an item go by itself the next time.</summary>
    public void SendAlone(PublishItem item) => _alone.Add(item.Id);

    /// <summary>Takes items in hand.</summary>
    /// <returns>Their rows; valid until the next call.</returns>
    public IReadOnlyList<SampleRow> Take(IReadOnlyList<PublishItem> items, int first, int last)
    {
        _first = first;
        _ends.Clear();
        _rows.Clear();
        if (first == last) return ((TelemetryItem)items[first]).Samples;
        for (var item = first; item <= last; item++)
        {
            _rows.AddRange(((TelemetryItem)items[item]).Samples);
            _ends.Add(_rows.Count);
        }
        return _rows;
    }

    /// <summary>The item of a row.</summary>
    public int ItemOf(int row)
    {
        if (_ends.Count == 0) return _first;
        var found = _ends.BinarySearch(row);
        var at = found < 0 ? ~found : found;
        // Ends are exclusive, and items without rows share theirs.
        while (_ends[at] <= row) at++;
        return _first + at;
    }

    /// <summary>False for an item that has rows, and none of a point with a name.</summary>
    public bool IsNamed(PublishItem item)
    {
        var rows = ((TelemetryItem)item).Samples;
        return rows.Count == 0 || rows.Any(r => names.Point(r.Point) is not null);
    }
}
