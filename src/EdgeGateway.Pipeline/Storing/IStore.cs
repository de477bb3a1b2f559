using EdgeGateway.Pipeline.Publishing;

namespace EdgeGateway.Pipeline.Storing;

/// <summary>The log on disk: the only durable thing of the gateway. One dedicated thread writes; Ingest posts to it; publishers and the page read beside it.</summary>
/// <remarks>
/// <para>The store commits when an entry's time is <c>commit interval</c> past the last commit, when it is told to flush, and when it stops. An entry, its records and events, its
/// checkpoint, and the cursor moves posted before it stand in one transaction. It has no clock of its own: entries bring the time.</para>
/// <para>A failing disk never loses what was posted: the store keeps it, reports <see cref="Fault"/>, and tries again; meanwhile <see cref="PostAsync"/> waits once its bound is reached.</para>
/// </remarks>
public interface IStore : ILogReader, IAsyncDisposable
{
    /// <summary>What was found on opening.</summary>
    StoreState Opened { get; }

    /// <summary>Number of the newest durable entry; 0 for none.</summary>
    long DurableSeq { get; }

    /// <summary>Number of the newest entry that was posted, durable or not; not below <see cref="DurableSeq"/>.</summary>
    long PostedSeq { get; }

    /// <summary>Id of the newest durable record; 0 for none.</summary>
    long DurableRecordId { get; }

    /// <summary>Id of the newest durable event; 0 for none.</summary>
    long DurableEventId { get; }

    /// <summary>Id of the boot begun last in this process; 0 before.</summary>
    int CurrentBoot { get; }

    /// <summary>Entries posted and not yet durable.</summary>
    int Pending { get; }

    /// <summary>Why commits fail just now, or null.</summary>
    string? Fault { get; }

    /// <summary>Counters for metrics and page.</summary>
    StoreCounters Counters { get; }

    /// <summary>Persisted ids of point paths, in order; assigned on first sight, never reused. Durable on return. Before the loops start, or from the supervisor.</summary>
    int[] PointIds(IReadOnlyList<string> paths);

    /// <summary>Persisted ids of unit paths, likewise.</summary>
    int[] UnitIds(IReadOnlyList<string> paths);

    /// <summary>Gives points and units other names; their ids and all that hangs on them stay. A pair whose former name is not known, or whose new one is taken, changes nothing. Durable on return. As <see cref="PointIds"/>.</summary>
    /// <param name="points">Former and new paths.</param>
    /// <param name="units">Former and new names.</param>
    void Rename(IReadOnlyList<(string From, string To)> points, IReadOnlyList<(string From, string To)> units);

    /// <summary>Ids of all stored plans, ascending. Any thread.</summary>
    IReadOnlyList<int> PlanIds();

    /// <summary>Id of an effective map: its text with secrets unresolved, keyed by hash. Durable on return.</summary>
    int PlanId(string effectiveMap);

    /// <summary>The effective map with this id, or null.</summary>
    string? PlanBody(int id);

    /// <summary>Begins a boot and returns its id; of a boot that is known already the id, its offset and source set where they are still null. Durable on return.</summary>
    /// <param name="bootId">The machine's boot id, or another unique text.</param>
    /// <param name="utcOffsetMicros">UTC of boot-monotonic zero, or null while the clock is not trusted.</param>
    /// <param name="source">What the trust rests on, such as <c>kernel</c>, or null.</param>
    int BeginBoot(string bootId, long? utcOffsetMicros, string? source);

    /// <summary>Sets the store's epoch where it has none yet: the UTC second at which its clock was first trusted. Returns the epoch in force. Durable on return.</summary>
    long EnsureEpoch(long utcSecond);

    /// <summary>A note kept under a name, or null. Any thread.</summary>
    string? Note(string key);

    /// <summary>Keeps a note under a name, or drops it. Durable on return. Any thread.</summary>
    /// <param name="key">A name that the store has no other use for, such as <c>clock.operator</c>.</param>
    /// <param name="text">The note, or null.</param>
    void PutNote(string key, string? text);

    /// <summary>Raises the epoch, where there is one, and keeps notes with it, all or nothing. Durable on return. Any thread.</summary>
    /// <param name="atLeast">The least that the epoch shall be; it grows by one at any rate.</param>
    /// <param name="notes">What to keep; a null drops a note. Of the new epoch, or null.</param>
    /// <returns>The epoch now in force, or null where there is none yet.</returns>
    long? RaiseEpoch(long atLeast, Func<long?, IEnumerable<KeyValuePair<string, string?>>> notes);

    /// <summary>The newest checkpoint whose number is below <paramref name="below"/>, or null. Whoever cannot read it asks for the one below it.</summary>
    StoredCheckpoint? LoadCheckpoint(long below = long.MaxValue);

    /// <summary>Records of a unit and kind that start in [from, to), highest revision of each key, by start. Any thread.</summary>
    IReadOnlyList<StoredRecord> ReadWindows(int unit, byte kind, long from, long to, int limit);

    /// <summary>Items set aside, the newest first, at most <paramref name="limit"/>; only those of a publisher, a stream, or with a number, where these are given. Any thread.</summary>
    IReadOnlyList<QuarantinedItem> ReadQuarantine(int limit, string? publisher = null, RecordStream? stream = null, long? id = null);

    /// <summary>How many items are set aside, by publisher and stream. Any thread.</summary>
    IReadOnlyList<QuarantineCount> CountQuarantine();

    /// <summary>Bytes of the write-ahead log on disk: large while a reader, such as another program, holds an old state. Any thread.</summary>
    long LogFileBytes { get; }

    /// <summary>Takes a checkpoint that cannot be read out of the way: its bytes go to a file beside the store, and its place is free. From recovery, before the loops start.</summary>
    /// <returns>Name of the file, or null where it could not be written, and the checkpoint stays.</returns>
    string? SetAsideCheckpoint(StoredCheckpoint checkpoint);

    /// <summary>An empty entry; the caller owns it until it posts it.</summary>
    LogEntry Rent();

    /// <summary>Hands an entry over; waits while the store is behind. Ingest alone calls this, in the order of the entries' numbers, without holes.</summary>
    /// <remarks>Before the first new entry, entries up to <see cref="StoreState.LastSeq"/> may be posted again by a replay: of those, only records, events and a checkpoint are added, where missing.</remarks>
    /// <exception cref="ArgumentException">The number does not follow; the entry stays the caller's.</exception>
    ValueTask PostAsync(LogEntry entry, CancellationToken cancellationToken);

    /// <summary>Commits what was posted so far and returns when it is durable.</summary>
    Task FlushAsync(CancellationToken cancellationToken);

    /// <summary>Returns as soon as an entry behind <paramref name="knownSeq"/> is durable. For publishers.</summary>
    Task WaitForCommitAsync(long knownSeq, CancellationToken cancellationToken);

    /// <summary>Entries as <see cref="ILogReader.ReadEntries"/> says, and behind them those that are posted and not durable yet: the tap by which samples leave at once. Any thread.</summary>
    IReadOnlyList<StoredEntry> ReadPosted(long afterSeq, int limit);

    /// <summary>Returns as soon as an entry behind <paramref name="knownSeq"/> was posted. For publishers.</summary>
    Task WaitForPostAsync(long knownSeq, CancellationToken cancellationToken);

    /// <summary>What a publisher has acknowledged of a stream, or null where it is new.</summary>
    AckRanges? LoadCursor(string publisher, RecordStream stream);

    /// <summary>A publisher begins its work: what leaves the log before it was acknowledged by it counts as lost to it. Any thread.</summary>
    void BeginPublisher(string publisher);

    /// <summary>A publisher has ended its work. Its cursors stay, in case that it comes back, and keep nothing in the log. Any thread.</summary>
    void EndPublisher(string publisher);

    /// <summary>Moves a cursor; durable with the next commit, which this does not force. Any thread. The ranges are copied.</summary>
    /// <remarks>Samples may be acknowledged before they are durable; that part of the move is held back until they are.</remarks>
    void PostCursor(string publisher, RecordStream stream, AckRanges acknowledged);

    /// <summary>Sets a rejected item aside with its reason; durable with the next commit. Any thread.</summary>
    void PostQuarantine(string publisher, RecordStream stream, long id, long atMicros, string reason);

    /// <summary>Takes an item out of the quarantine; durable with the next commit. Any thread.</summary>
    void ReleaseQuarantine(string publisher, RecordStream stream, long id);
}

/// <summary>What was found on opening.</summary>
/// <param name="Epoch">Epoch of the store, or null where none is set yet.</param>
/// <param name="LastSeq">Number of the newest entry, 0 for none.</param>
/// <param name="LastNow">Time of the newest entry, UTC microseconds, or <see cref="long.MinValue"/>.</param>
/// <param name="LastPlan">Plan of the newest entry, or 0.</param>
/// <param name="SetAside">Path of a damaged file that was set aside, or null.</param>
/// <param name="LastVerified">Whether somebody vouched for <paramref name="LastNow"/>.</param>
public sealed record StoreState(long? Epoch, long LastSeq, long LastNow, int LastPlan, string? SetAside, bool LastVerified = false);

/// <summary>A boot.</summary>
/// <param name="UtcOffsetMicros">UTC of boot-monotonic zero, or null where it is not known (yet).</param>
/// <param name="Source">What the trust rests on, or null.</param>
public readonly record struct StoredBoot(long? UtcOffsetMicros, string? Source);

/// <summary>A checkpoint.</summary>
/// <param name="Seq">Number of the entry behind which it was taken.</param>
/// <param name="Body">Metering's state.</param>
/// <param name="IsWhole">False where number and body are not as they were written.</param>
public sealed record StoredCheckpoint(long Seq, byte[] Body, bool IsWhole = true);

/// <summary>An entry as read back.</summary>
/// <param name="Seq">Number.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Now">Time.</param>
/// <param name="Boot">Boot.</param>
/// <param name="Plan">Plan in force.</param>
/// <param name="Codec">How the body is encoded.</param>
/// <param name="Body">Body.</param>
public sealed record StoredEntry(long Seq, EntryKind Kind, long Now, int Boot, int Plan, byte Codec, byte[] Body);

/// <summary>A record as read back.</summary>
/// <param name="Id">Its id in the record log.</param>
/// <param name="Body">Encoded by <see cref="Records.Windows.WindowRecordCodec"/>.</param>
/// <param name="Superseded">True where a higher revision of its key is durable: publishers skip it.</param>
/// <param name="Restates">Whether a lower one is: what was said of the key before may be known outside. Read with <see cref="ILogReader.ReadRecords"/> only.</param>
public sealed record StoredRecord(long Id, byte[] Body, bool Superseded, bool Restates = false);

/// <summary>An event as read back.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Happening">The event.</param>
public sealed record StoredEvent(long Id, Records.Events.GatewayEvent Happening);

/// <summary>An item that a publisher's target refused for good.</summary>
/// <param name="Publisher">Name of the publisher.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Id">Id of the item in its stream.</param>
/// <param name="AtMicros">When it was set aside, UTC microseconds.</param>
/// <param name="Reason">Why.</param>
public sealed record QuarantinedItem(string Publisher, RecordStream Stream, long Id, long AtMicros, string Reason);

/// <summary>How much is in quarantine.</summary>
/// <param name="Publisher">Name of the publisher.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Items">Items of it.</param>
public readonly record struct QuarantineCount(string Publisher, RecordStream Stream, long Items);

/// <summary>Counters of the store; written by its thread, read by anyone.</summary>
public sealed class StoreCounters
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, long> _unsent = new(StringComparer.Ordinal);
    private long _commits, _entries, _entryBytes, _records, _failures, _shedEntries, _shedRecords, _shedEvents, _shedQuarantined;

    /// <summary>Commits made.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>Entries made durable.</summary>
    public long Entries => Interlocked.Read(ref _entries);

    /// <summary>Bytes of entry bodies made durable.</summary>
    public long EntryBytes => Interlocked.Read(ref _entryBytes);

    /// <summary>Records made durable.</summary>
    public long Records => Interlocked.Read(ref _records);

    /// <summary>Commits that failed and were tried again.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>Counts a commit.</summary>
    public void CountCommit(int entries, long entryBytes, int records)
    {
        Interlocked.Increment(ref _commits);
        Interlocked.Add(ref _entries, entries);
        Interlocked.Add(ref _entryBytes, entryBytes);
        Interlocked.Add(ref _records, records);
    }

    /// <summary>Entries of the input log let go because it came to its bounds.</summary>
    public long ShedEntries => Interlocked.Read(ref _shedEntries);

    /// <summary>Records let go, likewise.</summary>
    public long ShedRecords => Interlocked.Read(ref _shedRecords);

    /// <summary>Events let go, likewise.</summary>
    public long ShedEvents => Interlocked.Read(ref _shedEvents);

    /// <summary>Quarantined items let go with what they name.</summary>
    public long ShedQuarantined => Interlocked.Read(ref _shedQuarantined);

    /// <summary>Of all that was let go, how many items at most a publisher had not sent; by publisher.</summary>
    public IReadOnlyDictionary<string, long> ShedUnsent => _unsent;

    /// <summary>Counts what was let go.</summary>
    public void CountShed(long entries, long records, long events, long quarantined, IReadOnlyDictionary<string, long> unsent)
    {
        ArgumentNullException.ThrowIfNull(unsent);
        Interlocked.Add(ref _shedEntries, entries);
        Interlocked.Add(ref _shedRecords, records);
        Interlocked.Add(ref _shedEvents, events);
        Interlocked.Add(ref _shedQuarantined, quarantined);
        foreach (var (publisher, items) in unsent) _unsent.AddOrUpdate(publisher, items, (_, before) => before + items);
    }

    /// <summary>Counts a failed commit.</summary>
    public void CountFailure() => Interlocked.Increment(ref _failures);
}
