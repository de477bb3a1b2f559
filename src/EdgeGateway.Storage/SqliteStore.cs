using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Storage.Files;
using EdgeGateway.Storage.Reading;
using EdgeGateway.Storage.Sqlite;
using EdgeGateway.Storage.Writing;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Storage;

/// <summary>The log in one SQLite file.</summary>
public sealed class SqliteStore : IStore
{
    // Entries may be shed some day; the checkpoint and the events then still know how far the numbers went.
    private const string LastSeq = "SELECT max((SELECT coalesce(max(seq), 0) FROM input), (SELECT coalesce(max(seq), 0) FROM checkpoint), (SELECT coalesce(max(seq), 0) FROM event))";
    // Entries from before the clock was trusted (highest bit of the codec) speak boot time, not UTC.
    private const string LastNow = "SELECT now_us FROM input WHERE codec & 128 = 0 ORDER BY seq DESC LIMIT 1";
    private const string LastVerified = "SELECT codec & 64 = 0 FROM input WHERE codec & 128 = 0 ORDER BY seq DESC LIMIT 1";
    private const string LastPlan = "SELECT plan FROM input ORDER BY seq DESC LIMIT 1";

    private readonly LockFile _lock;
    private readonly string _path;
    private readonly ILogger _log;
    private readonly StoreWriter _writer;
    private readonly StoreReader _reader;

    private SqliteStore(LockFile held, Connection file, string? setAside, SqliteStoreOptions options, ILogger log)
    {
        (_lock, _path, _log) = (held, options.Path, log);
        Opened = new StoreState(Names.EpochOf(file), file.Number(LastSeq)!.Value, file.Number(LastNow) ?? long.MinValue, (int)(file.Number(LastPlan) ?? 0), setAside,
            file.Number(LastVerified) == 1);
        _writer = new StoreWriter(file, options, new StoreMark(Opened.LastSeq, Opened.LastNow, file.Number("SELECT max(id) FROM record") ?? 0, Opened.LastVerified ? Opened.LastNow : long.MinValue), log);
        _reader = new StoreReader(options.Path, log);
    }

    /// <inheritdoc/>
    public StoreState Opened { get; }

    /// <inheritdoc/>
    public long DurableSeq => _writer.Queue.DurableSeq;

    /// <inheritdoc/>
    public long PostedSeq => _writer.Queue.PostedSeq;

    /// <inheritdoc/>
    public long DurableRecordId => _writer.DurableRecordId;

    /// <inheritdoc/>
    public long DurableEventId => _reader.LastEventId();

    /// <inheritdoc/>
    public int CurrentBoot { get; private set; }

    /// <inheritdoc/>
    public int Pending => _writer.Queue.Pending;

    /// <inheritdoc/>
    public string? Fault => _writer.Fault;

    /// <inheritdoc/>
    public StoreCounters Counters => _writer.Counters;

    /// <summary>The writer, for tests that take the disk away.</summary>
    internal StoreWriter Writer => _writer;

    /// <summary>Opens the store, making it where there is none; a damaged file is set aside and reported in <see cref="Opened"/>.</summary>
    /// <exception cref="StoreException">Another process holds it, it is not a store, it is newer than this program, or the disk refuses.</exception>
    public static SqliteStore Open(SqliteStoreOptions options, ILoggerFactory logging)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(logging);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.QueueCapacity, 2, nameof(options));
        options = options with { Path = Path.GetFullPath(options.Path) };
        var log = logging.CreateLogger<SqliteStore>();
        MakeDirectory(options.Path);
        var held = LockFile.Take(options.Path);
        Connection? file = null;
        try
        {
            (file, var setAside) = StoreFile.Open(options, log);
            return new SqliteStore(held, file, setAside, options, log);
        }
        catch (Exception e)
        {
            file?.Dispose();
            held.Dispose();
            if (e is SqliteException fault) throw FaultText.ToException(options.Path, "read", fault);
            throw;
        }
    }

    /// <inheritdoc/>
    public int[] PointIds(IReadOnlyList<string> paths) => _writer.Run(f => Names.Points(f, paths));

    /// <inheritdoc/>
    public int[] UnitIds(IReadOnlyList<string> paths) => _writer.Run(f => Names.Units(f, paths));

    /// <inheritdoc/>
    public void Rename(IReadOnlyList<(string From, string To)> points, IReadOnlyList<(string From, string To)> units)
    {
        if (points.Count + units.Count > 0) _writer.Run(f => Names.Rename(f, points, units));
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> PlanIds() => _reader.PlanIds();

    /// <inheritdoc/>
    public int PlanId(string effectiveMap) => _writer.Run(f => Names.Plan(f, effectiveMap));

    /// <inheritdoc/>
    public string? PlanBody(int id) => _reader.PlanBody(id);

    /// <inheritdoc/>
    /// <remarks>An offset comes while the gateway runs, which a disk that is full just then must not end; without one it starts, and is better told at once.</remarks>
    public int BeginBoot(string bootId, long? utcOffsetMicros, string? source) => CurrentBoot = utcOffsetMicros is null
        ? _writer.Run(f => Names.Boot(f, bootId, utcOffsetMicros, source))
        : _writer.RunUntilTaken(f => Names.Boot(f, bootId, utcOffsetMicros, source));

    /// <inheritdoc/>
    public StoredBoot Boot(int id) => _reader.Boot(id);

    /// <inheritdoc/>
    public long EnsureEpoch(long utcSecond) => _writer.RunUntilTaken(f => Names.Epoch(f, utcSecond));

    /// <inheritdoc/>
    public string? Note(string key) => _writer.Run(f => Notes.Get(f, key));

    /// <inheritdoc/>
    public void PutNote(string key, string? text) => _writer.Run(f => Notes.Put(f, key, text));

    /// <inheritdoc/>
    public long? RaiseEpoch(long atLeast, Func<long?, IEnumerable<KeyValuePair<string, string?>>> notes) => _writer.Run(f => Notes.RaiseEpoch(f, atLeast, notes));

    /// <inheritdoc/>
    public StoredCheckpoint? LoadCheckpoint(long below = long.MaxValue) => _reader.LoadCheckpoint(below);

    /// <inheritdoc/>
    public IReadOnlyList<StoredEntry> ReadEntries(long afterSeq, int limit) => _reader.ReadEntries(afterSeq, limit);

    /// <inheritdoc/>
    public IReadOnlyList<StoredEntry> ReadPosted(long afterSeq, int limit)
    {
        // In this order: what becomes durable between the two stands in both, and nothing in neither.
        var waiting = _writer.Queue.Waiting(afterSeq, limit);
        if (waiting is [var first, ..] && first.Seq == afterSeq + 1) return waiting;
        var durable = _reader.ReadEntries(afterSeq, limit);
        if (waiting.Count == 0 || durable.Count == limit) return durable;
        var last = durable is [.., var newest] ? newest.Seq : afterSeq;
        return [.. durable, .. waiting.Where(e => e.Seq > last).Take(limit - durable.Count)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredRecord> ReadRecords(long afterId, int limit) => _reader.ReadRecords(afterId, limit);

    /// <inheritdoc/>
    public IReadOnlyList<StoredRecord> ReadWindows(int unit, byte kind, long from, long to, int limit) => _reader.ReadWindows(unit, kind, from, to, limit);

    /// <inheritdoc/>
    public IReadOnlyList<StoredEvent> ReadEvents(long afterId, int limit) => _reader.ReadEvents(afterId, limit);

    /// <inheritdoc/>
    public IReadOnlyList<QuarantinedItem> ReadQuarantine(int limit, string? publisher = null, RecordStream? stream = null, long? id = null) => _reader.ReadQuarantine(limit, publisher, stream, id);

    /// <inheritdoc/>
    public IReadOnlyList<QuarantineCount> CountQuarantine() => _reader.CountQuarantine();

    /// <inheritdoc/>
    public long LogFileBytes => StoreFile.LogBytes(_path);

    /// <inheritdoc/>
    public string? SetAsideCheckpoint(StoredCheckpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        if (StoreFile.KeepCheckpoint(_path, checkpoint) is not { } aside) return null;
        _writer.Run(f => CheckpointSlots.Drop(f, checkpoint.Seq));
        StoreLog.CheckpointSetAside(_log, checkpoint.Seq, aside);
        return aside;
    }

    /// <inheritdoc/>
    public LogEntry Rent() => _writer.Entries.Rent();

    /// <inheritdoc/>
    public ValueTask PostAsync(LogEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return _writer.Queue.Post(entry) is { } room ? PostLaterAsync(entry, room, cancellationToken) : ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public Task FlushAsync(CancellationToken cancellationToken) => _writer.Queue.Flush().WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task WaitForCommitAsync(long knownSeq, CancellationToken cancellationToken)
    {
        while (_writer.Queue.Commit(knownSeq) is { } commit) await commit.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task WaitForPostAsync(long knownSeq, CancellationToken cancellationToken)
    {
        while (_writer.Queue.Posted(knownSeq) is { } post) await post.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public AckRanges? LoadCursor(string publisher, RecordStream stream) => _writer.Queue.CursorOf(publisher, stream) ?? _reader.LoadCursor(publisher, stream);

    /// <inheritdoc/>
    public void BeginPublisher(string publisher) => _writer.Queue.Begin(publisher);

    /// <inheritdoc/>
    public void EndPublisher(string publisher) => _writer.Queue.End(publisher);

    /// <inheritdoc/>
    public void PostCursor(string publisher, RecordStream stream, AckRanges acknowledged)
    {
        ArgumentNullException.ThrowIfNull(acknowledged);
        _writer.Queue.Post(publisher, stream, acknowledged);
    }

    /// <inheritdoc/>
    public void PostQuarantine(string publisher, RecordStream stream, long id, long atMicros, string reason) =>
        _writer.Queue.Post(new QuarantineRow(publisher, stream, id, atMicros, reason));

    /// <inheritdoc/>
    public void ReleaseQuarantine(string publisher, RecordStream stream, long id) => _writer.Queue.Post(new QuarantineRow(publisher, stream, id, 0, null));

    /// <summary>Commits what is left and closes the file. What a failing disk does not take then is lost, and the log says so.</summary>
    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await _writer.DisposeAsync().ConfigureAwait(false);
        _lock.Dispose();
    }

    private static void MakeDirectory(string path)
    {
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } directory) Directory.CreateDirectory(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The directory of the store {path} cannot be made: {e.Message}", e);
        }
    }

    private async ValueTask PostLaterAsync(LogEntry entry, Task room, CancellationToken cancellationToken)
    {
        for (Task? wait = room; wait is not null; wait = _writer.Queue.Post(entry)) await wait.WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
