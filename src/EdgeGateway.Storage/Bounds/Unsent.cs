using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Storage.Sqlite;

namespace EdgeGateway.Storage.Bounds;

/// <summary>What of the items that leave had not been acknowledged, by publisher. Items that a publisher would have passed over count too: so many at most were lost to it.</summary>
/// <param name="publishers">Publishers of this process; whoever else has a cursor was removed, and misses nothing.</param>
/// <param name="stream">The stream that is shed.</param>
internal sealed class Unsent(IReadOnlyCollection<string> publishers, RecordStream stream)
{
    private const string Cursor = "SELECT lo, hi FROM cursor WHERE publisher = ? AND stream = ? ORDER BY lo";

    private readonly List<(string Publisher, AckRanges Acknowledged)> _cursors = [];

    /// <summary>Items by publisher; those with none are left out.</summary>
    public Dictionary<string, long> Items { get; } = [];

    /// <summary>Reads the cursors as they are in the file.</summary>
    public Unsent Load(Connection file)
    {
        foreach (var publisher in publishers)
        {
            var rows = file.Prepared(Cursor);
            rows.Bind(1, publisher);
            rows.Bind(2, stream.Word());
            var (known, acknowledged) = (false, new AckRanges());
            while (rows.Step())
            {
                known = true;
                if (rows.Int64(0) <= rows.Int64(1)) acknowledged.Add(rows.Int64(0), rows.Int64(1));
            }
            rows.Reset();
            if (known) _cursors.Add((publisher, acknowledged));
        }
        return this;
    }

    /// <summary>An item leaves.</summary>
    public void Leaves(long id)
    {
        foreach (var (publisher, acknowledged) in _cursors)
        {
            if (!acknowledged.Contains(id)) Items[publisher] = Items.GetValueOrDefault(publisher) + 1;
        }
    }
}
