using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Pipeline.Publishing.Choosing;

/// <summary>The samples of an entry that go to a target, in its units of measure. Not thread-safe.</summary>
/// <remarks>What was decided of an entry stays so until it is acknowledged: a retry must not find that its own first try made the samples old news.</remarks>
/// <param name="chosen">What goes, and under which names.</param>
/// <param name="everything">Whether samples that say nothing new go as well.</param>
internal sealed class ChosenSamples(ChosenData chosen, bool everything = false)
{
    private readonly ChangeFilter? _changes = chosen.Choice.Telemetry == TelemetryMode.OnChange && !everything ? new ChangeFilter(chosen.Choice) : null;
    private readonly Dictionary<long, IReadOnlyList<SampleRow>> _open = [];

    /// <summary>Rows that go; none where the entry has no samples, or says nothing new.</summary>
    /// <param name="entry">An entry of the input log.</param>
    /// <param name="offset">Added to its times.</param>
    public IReadOnlyList<SampleRow> Of(StoredEntry entry, long offset)
    {
        if (entry.Kind != EntryKind.Samples) return [];
        if (_open.TryGetValue(entry.Seq, out var decided)) return decided;
        var codec = EntryCodec.Body(entry.Codec);
        var rows = new List<SampleRow>(SampleBlockCodec.RowsOf(codec, entry.Body));
        var sink = new PublishRows(rows, offset);
        if (!SampleBlockCodec.TryDecode(codec, entry.Body, ref sink)) return [];
        Choose(rows);
        // Nothing to send is passed over at once.
        if (rows.Count > 0 && _changes is not null) _open.Add(entry.Seq, rows);
        return rows;
    }

    /// <summary>Says that an entry is acknowledged.</summary>
    public void Forget(long seq) => _open.Remove(seq);

    private void Choose(List<SampleRow> rows)
    {
        var kept = 0;
        // By index: rows move up within the list that is read.
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            // A point without a name goes, to be counted in the open.
            if (chosen.Own(row.Point) is not var (own, factor)) rows[kept++] = row;
            else if (chosen.Choice.WantsPoint(own.Path) && _changes?.Passes(row, own.Kind) != false) rows[kept++] = own.Kind == PointKind.Gauge ? row with { Number = row.Number * factor } : row;
        }
        rows.RemoveRange(kept, rows.Count - kept);
    }
}
