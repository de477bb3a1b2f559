using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Events;
using EdgeGateway.Storage.Sqlite;
using EdgeGateway.Storage.Writing;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Storage.Reading;

/// <summary>The reads of the store. Each answers from one moment of the file. Thread-safe.</summary>
internal sealed class StoreReader(string path, ILogger log) : IDisposable
{
    private const string Entries = "SELECT seq, kind, now_us, boot, plan, codec, body FROM input WHERE seq > ? ORDER BY seq LIMIT ?";
    private const string HigherRevision = """
        EXISTS (SELECT 1 FROM record h WHERE h.unit = r.unit AND h.kind = r.kind AND h.start_us = r.start_us AND h.wid = r.wid AND (h.epoch, h.seq) > (r.epoch, r.seq))
        """;
    private const string LowerRevision = """
        EXISTS (SELECT 1 FROM record l WHERE l.unit = r.unit AND l.kind = r.kind AND l.start_us = r.start_us AND l.wid = r.wid AND (l.epoch, l.seq) < (r.epoch, r.seq))
        """;
    internal const string Records = $"SELECT id, body, {HigherRevision}, {LowerRevision} FROM record r WHERE id > ? ORDER BY id LIMIT ?";
    private const string Windows = $"""
        SELECT id, body, 0, 0 FROM record r WHERE unit = ? AND kind = ? AND start_us >= ? AND start_us < ? AND NOT {HigherRevision} ORDER BY start_us, wid LIMIT ?
        """;
    private const string Events = "SELECT id, kind, at_us, subject, body FROM event WHERE id > ? ORDER BY id LIMIT ?";
    private const string Quarantine = """
        SELECT publisher, stream, id, at_us, reason FROM quarantine WHERE (?2 IS NULL OR publisher = ?2) AND (?3 IS NULL OR stream = ?3) AND (?4 IS NULL OR id = ?4) ORDER BY at_us DESC, id DESC LIMIT ?1
        """;
    private const string QuarantineCounts = "SELECT publisher, stream, count(*) FROM quarantine GROUP BY publisher, stream";
    private const string Cursor = "SELECT lo, hi FROM cursor WHERE publisher = ? AND stream = ? ORDER BY lo";
    private const string Boots = "SELECT utc_offset_us, source FROM boot WHERE id = ?";
    private const string LastEvent = "SELECT coalesce(max(id), 0) FROM event";
    private const string Plan = "SELECT body FROM plan WHERE id = ?";
    private const string Plans = "SELECT id FROM plan ORDER BY id";
    private const string LastEntry = "SELECT coalesce(max(seq), 0) FROM input";
    private const string LastRecord = "SELECT coalesce(max(id), 0) FROM record";
    private const string PathOfUnit = "SELECT path FROM unit WHERE id = ?";
    private const string PathOfPoint = "SELECT path FROM point WHERE id = ?";

    private readonly ReaderPool _pool = new(path);

    public void Dispose() => _pool.Dispose();

    public IReadOnlyList<StoredEntry> ReadEntries(long afterSeq, int limit) => Rows(Entries, (afterSeq, limit), static (s, a) =>
    {
        s.Bind(1, a.afterSeq);
        s.Bind(2, a.limit);
    }, static s => new StoredEntry(s.Int64(0), (EntryKind)s.Int64(1), s.Int64(2), (int)s.Int64(3), (int)s.Int64(4), (byte)s.Int64(5), s.Blob(6).ToArray()));

    public IReadOnlyList<StoredRecord> ReadRecords(long afterId, int limit) => Rows(Records, (afterId, limit), static (s, a) =>
    {
        s.Bind(1, a.afterId);
        s.Bind(2, a.limit);
    }, ToRecord);

    public IReadOnlyList<StoredRecord> ReadWindows(int unit, byte kind, long from, long to, int limit) => Rows(Windows, (unit, kind, from, to, limit), static (s, a) =>
    {
        s.Bind(1, a.unit);
        s.Bind(2, a.kind);
        s.Bind(3, a.from);
        s.Bind(4, a.to);
        s.Bind(5, a.limit);
    }, ToRecord);

    public IReadOnlyList<StoredEvent> ReadEvents(long afterId, int limit) => Rows(Events, (afterId, limit), static (s, a) =>
    {
        s.Bind(1, a.afterId);
        s.Bind(2, a.limit);
    }, ToEvent);

    public IReadOnlyList<QuarantinedItem> ReadQuarantine(int limit, string? publisher, RecordStream? stream, long? id) => Rows(Quarantine, (limit, publisher, stream, id), static (s, a) =>
    {
        s.Bind(1, a.limit);
        s.Bind(2, a.publisher);
        s.Bind(3, a.stream?.Word());
        s.Bind(4, a.id);
    }, static s => new QuarantinedItem(s.Text(0) ?? "", StreamOf(s.Text(1)), s.Int64(2), s.Int64(3), s.Text(4) ?? ""));

    public IReadOnlyList<QuarantineCount> CountQuarantine() => Rows(QuarantineCounts, 0, static (_, _) => { }, static s => new QuarantineCount(s.Text(0) ?? "", StreamOf(s.Text(1)), s.Int64(2)));

    public AckRanges? LoadCursor(string publisher, RecordStream stream)
    {
        var rows = Rows(Cursor, (publisher, stream: stream.Word()), static (s, a) =>
        {
            s.Bind(1, a.publisher);
            s.Bind(2, a.stream);
        }, static s => (Lo: s.Int64(0), Hi: s.Int64(1)));
        if (rows.Count == 0) return null;
        var ranges = new AckRanges();
        foreach (var (lo, hi) in rows)
        {
            if (lo <= hi) ranges.Add(lo, hi);
        }
        return ranges;
    }

    public string? PlanBody(int id) => Rows(Plan, id, static (s, i) => s.Bind(1, i), static s => s.Text(0)).FirstOrDefault();

    public IReadOnlyList<int> PlanIds() => Rows(Plans, 0, static (_, _) => { }, static s => (int)s.Int64(0));

    public StoredCheckpoint? LoadCheckpoint(long below) => _pool.Read(below, static (file, limit) => CheckpointSlots.Read(file, limit));

    public StoredBoot Boot(int id) => Rows(Boots, id, static (s, i) => s.Bind(1, i), static s => new StoredBoot(s.NullableInt64(0), s.Text(1))).FirstOrDefault();

    public long LastEventId() => Rows(LastEvent, 0, static (_, _) => { }, static s => s.Int64(0)).FirstOrDefault();

    public long LastSeq() => Rows(LastEntry, 0, static (_, _) => { }, static s => s.Int64(0)).FirstOrDefault();

    public long LastRecordId() => Rows(LastRecord, 0, static (_, _) => { }, static s => s.Int64(0)).FirstOrDefault();

    public string? UnitPath(int id) => Rows(PathOfUnit, id, static (s, i) => s.Bind(1, i), static s => s.Text(0)).FirstOrDefault();

    public int? PointId(string path) => Rows(Names.FindPoint, path, static (s, p) => s.Bind(1, p), static s => (int?)s.Int64(0)).FirstOrDefault();

    public string? PointPath(int id) => Rows(PathOfPoint, id, static (s, i) => s.Bind(1, i), static s => s.Text(0)).FirstOrDefault();

    public int? UnitId(string path) => Rows(Names.FindUnit, path, static (s, p) => s.Bind(1, p), static s => (int?)s.Int64(0)).FirstOrDefault();

    private static RecordStream StreamOf(string? word) => RecordStreams.Parse(word ?? "") ?? RecordStream.Records;

    private static StoredRecord ToRecord(Statement row) => new(row.Int64(0), row.Blob(1).ToArray(), row.Int64(2) != 0, row.Int64(3) != 0);

    private StoredEvent ToEvent(Statement row)
    {
        var (id, kind, at) = (row.Int64(0), (EventKind)row.Int64(1), row.Int64(2));
        if (GatewayEvent.Decode(kind, at, row.Blob(4)) is { } happening) return new StoredEvent(id, happening);
        StoreLog.UnreadableEvent(log, id);
        return new StoredEvent(id, new GatewayEvent(kind, at, row.Text(3) ?? "", []));
    }

    private List<T> Rows<TArgument, T>(string sql, TArgument argument, Action<Statement, TArgument> bind, Func<Statement, T> row) => _pool.Read((sql, argument, bind, row), static (file, a) =>
    {
        var statement = file.Prepared(a.sql);
        try
        {
            a.bind(statement, a.argument);
            var rows = new List<T>();
            while (statement.Step()) rows.Add(a.row(statement));
            return rows;
        }
        finally
        {
            statement.Reset();
        }
    });
}
