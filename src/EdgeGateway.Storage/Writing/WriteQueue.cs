using EdgeGateway.Pipeline.Loops;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Storing;

namespace EdgeGateway.Storage.Writing;

/// <summary>What waits for the writer's thread: the batch being filled, jobs, and the wish to commit. Thread-safe.</summary>
/// <remarks>A batch is due by the time of its entries, at half of the bounds, or when someone waits for room or a flush; so a full queue always drains.</remarks>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle holds nothing, and a late timer may still wake it.")]
internal sealed class WriteQueue(SqliteStoreOptions options, StoreMark opened)
{
    private readonly Lock _guard = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly Queue<Action> _jobs = new();
    private readonly List<(long Ticket, TaskCompletionSource Done)> _flushes = [];
    private readonly long _interval = options.CommitInterval.Ticks / TimeSpan.TicksPerMicrosecond;
    private readonly LoopPulse? _pulse = options.Pulse;
    private readonly HashSet<string> _publishers = new(StringComparer.Ordinal);
    private Batch _filling = new();
    private Batch? _taken, _spare = new();
    private TaskCompletionSource? _room, _committed, _posted;
    private long _lastPosted = opened.LastSeq, _durableSeq = opened.LastSeq, _ticket;
    private long? _lastCommitNow = opened.LastSeq > 0 ? opened.LastNow : null;
    private bool _signalled, _stopping;

    /// <summary>Number of the newest durable entry.</summary>
    public long DurableSeq => Interlocked.Read(ref _durableSeq);

    /// <summary>Number of the newest entry that was posted, durable or not.</summary>
    public long PostedSeq => Interlocked.Read(ref _lastPosted);

    /// <summary>True once the thread is to end.</summary>
    public bool IsStopping
    {
        get
        {
            lock (_guard) return _stopping;
        }
    }

    /// <summary>Entries not yet durable.</summary>
    public int Pending
    {
        get
        {
            lock (_guard) return PendingNow;
        }
    }

    private bool IsDue => _flushes.Count > 0 || _room is not null || _filling.Entries.Count >= options.QueueCapacity / 2 || _filling.Bytes >= options.QueueBytes / 2
        || (_filling.Entries.Count > 0 && IsPast(_filling.Entries[^1].Now));

    /// <summary>An entry from before the clock was trusted speaks boot time, far below UTC: it is past due as well, and the next interval is counted from it.</summary>
    private bool IsPast(long now) => now >= _lastCommitNow + _interval || now < _lastCommitNow - _interval;

    private int PendingNow => _filling.Entries.Count + (_taken?.Entries.Count ?? 0);

    /// <summary>Takes the entry, or yields what to wait for before trying again.</summary>
    public Task? Post(LogEntry entry)
    {
        TaskCompletionSource? posted;
        lock (_guard)
        {
            ObjectDisposedException.ThrowIf(_stopping, typeof(SqliteStore));
            if (entry.Seq != _lastPosted + 1 && (entry.Seq > opened.LastSeq || entry.Seq < 1 || _lastPosted != opened.LastSeq))
                throw new ArgumentException(FormattableString.Invariant($"Entry {entry.Seq} does not follow entry {_lastPosted}."), nameof(entry));
            if (!HasRoomFor(entry))
            {
                _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                Signal();
                return _room.Task;
            }
            _filling.Add(entry);
            _ticket++;
            Interlocked.Exchange(ref _lastPosted, Math.Max(_lastPosted, entry.Seq));
            _lastCommitNow ??= entry.Now;
            if (IsDue) Signal();
            (posted, _posted) = (_posted, null);
        }
        posted?.SetResult();
        return null;
    }

    /// <summary>Completes with the next entry that is posted; null where one behind <paramref name="knownSeq"/> was posted already.</summary>
    public Task? Posted(long knownSeq)
    {
        lock (_guard)
        {
            if (_lastPosted > knownSeq) return null;
            ObjectDisposedException.ThrowIf(_stopping, typeof(SqliteStore));
            return (_posted ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Copies of entries that are not durable yet, behind <paramref name="afterSeq"/>, ascending.</summary>
    public List<StoredEntry> Waiting(long afterSeq, int limit)
    {
        var waiting = new List<StoredEntry>();
        // Posted again by a replay, they are durable.
        afterSeq = Math.Max(afterSeq, opened.LastSeq);
        lock (_guard)
        {
            if (_taken is not null) Copy(_taken.Entries);
            Copy(_filling.Entries);
        }
        return waiting;

        void Copy(List<LogEntry> entries)
        {
            foreach (var e in entries)
            {
                if (waiting.Count == limit) return;
                if (e.Seq > afterSeq) waiting.Add(new StoredEntry(e.Seq, e.Kind, e.Now, e.Boot, e.Plan, e.Codec, e.Body.WrittenSpan.ToArray()));
            }
        }
    }

    /// <summary>Publishers that are at work: they have asked for a cursor and not ended since.</summary>
    public IReadOnlyCollection<string> Publishers
    {
        get
        {
            lock (_guard) return [.. _publishers];
        }
    }

    /// <summary>A publisher begins its work.</summary>
    public void Begin(string publisher)
    {
        lock (_guard) _publishers.Add(publisher);
    }

    /// <summary>A publisher has ended its work.</summary>
    public void End(string publisher)
    {
        lock (_guard) _publishers.Remove(publisher);
    }

    /// <summary>Adds a cursor move. The ranges are copied.</summary>
    public void Post(string publisher, RecordStream stream, AckRanges ranges)
    {
        var copy = ranges.Clone();
        lock (_guard)
        {
            _filling.Cursors[(publisher, stream)] = copy;
            _ticket++;
        }
    }

    /// <summary>Adds a quarantined item.</summary>
    public void Post(in QuarantineRow row)
    {
        lock (_guard)
        {
            _filling.Quarantine.Add(row);
            _ticket++;
        }
    }

    /// <summary>A posted cursor that is not durable yet, or null.</summary>
    public AckRanges? CursorOf(string publisher, RecordStream stream)
    {
        lock (_guard)
        {
            return _filling.Cursors.TryGetValue((publisher, stream), out var ranges) || _taken?.Cursors.TryGetValue((publisher, stream), out ranges) == true ? ranges.Clone() : null;
        }
    }

    /// <summary>Completes when all that was posted so far is durable.</summary>
    public Task Flush()
    {
        lock (_guard)
        {
            if (_filling.IsEmpty && _taken is null) return Task.CompletedTask;
            ObjectDisposedException.ThrowIf(_stopping, typeof(SqliteStore));
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _flushes.Add((_ticket, done));
            Signal();
            return done.Task;
        }
    }

    /// <summary>Completes with the next commit of entries; null where one behind <paramref name="knownSeq"/> is durable already.</summary>
    public Task? Commit(long knownSeq)
    {
        lock (_guard)
        {
            if (_durableSeq > knownSeq) return null;
            ObjectDisposedException.ThrowIf(_stopping, typeof(SqliteStore));
            return (_committed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Has the writer's thread run something between two commits.</summary>
    public void Run(Action job)
    {
        lock (_guard)
        {
            ObjectDisposedException.ThrowIf(_stopping, typeof(SqliteStore));
            _jobs.Enqueue(job);
            _pulse?.Give();
        }
        _work.Release();
    }

    /// <summary>Has the writer's thread end after one last commit.</summary>
    public bool Stop()
    {
        lock (_guard)
        {
            if (_stopping) return false;
            _stopping = true;
        }
        _work.Release();
        return true;
    }

    /// <summary>Has the writer's thread look again, as after the wait behind a failed commit.</summary>
    public void Wake()
    {
        lock (_guard) Signal();
    }

    /// <summary>The writer's thread waits for something to do; spurious returns are allowed.</summary>
    public void WaitForWork()
    {
        _pulse?.Park();
        _work.Wait();
        _pulse?.Move();
    }

    /// <summary>The next job, if there is one. The writer's thread.</summary>
    public bool TryTakeJob(out Action job)
    {
        lock (_guard) return _jobs.TryDequeue(out job!);
    }

    /// <summary>Counts a job as done.</summary>
    public void JobDone() => _pulse?.Done();

    /// <summary>Forgets what woke the writer's thread, which now looks for itself.</summary>
    public void TakeSignal()
    {
        lock (_guard)
        {
            if (_signalled) _pulse?.Done();
            _signalled = false;
        }
    }

    /// <summary>The batch that is to be committed now: the one that failed before, else a due one. Null for none. The writer's thread.</summary>
    public Batch? Take()
    {
        lock (_guard)
        {
            if (_taken is not null) return _taken;
            if (_filling.IsEmpty || !(IsDue || _stopping)) return null;
            (_taken, _filling, _spare) = (_filling, _spare!, null);
            _taken.Ticket = _ticket;
            if (_taken.Entries.Count > 0) _lastCommitNow = _taken.Entries[^1].Now;
            return _taken;
        }
    }

    /// <summary>The taken batch is durable; it is emptied for its next use, and its entries go back to their pool. The writer's thread.</summary>
    public void Durable(Batch batch, in Written written, EntryPool pool)
    {
        TaskCompletionSource? room, committed = null;
        lock (_guard)
        {
            // Acknowledgements ahead of the durable samples were held back: they go with a later commit, where there is to be one.
            var later = !_stopping || _filling.Entries.Count > 0;
            foreach (var (key, ranges) in batch.Cursors)
            {
                if (later && ranges.Ranges.Count > 0 && ranges.Ranges[^1].Hi > BatchWriter.LimitOf(key.Stream, written.LastSeq)) _filling.Cursors.TryAdd(key, ranges);
            }
            if (written.LastSeq > _durableSeq)
            {
                Interlocked.Exchange(ref _durableSeq, written.LastSeq);
                (committed, _committed) = (_committed, null);
            }
            for (var i = _flushes.Count - 1; i >= 0; i--)
            {
                if (_flushes[i].Ticket > batch.Ticket) continue;
                _flushes[i].Done.SetResult();
                _flushes.RemoveAt(i);
            }
            pool.Return(batch.Entries);
            batch.Clear();
            (_spare, _taken) = (batch, null);
            (room, _room) = (_room, null);
        }
        room?.SetResult();
        committed?.SetResult();
    }

    /// <summary>Ends everyone who waits. After the writer's thread.</summary>
    public void Close(Exception? fault)
    {
        lock (_guard)
        {
            var end = fault ?? new ObjectDisposedException(nameof(SqliteStore));
            foreach (var (_, done) in _flushes) done.SetException(end);
            _flushes.Clear();
            _room?.SetException(end);
            _committed?.SetException(end);
            _posted?.SetException(end);
        }
    }

    private bool HasRoomFor(LogEntry entry)
    {
        var pending = PendingNow;
        return pending == 0 || (pending < options.QueueCapacity && _filling.Bytes + (_taken?.Bytes ?? 0) + Batch.SizeOf(entry) <= options.QueueBytes);
    }

    /// <summary>Called under the lock.</summary>
    private void Signal()
    {
        if (_signalled) return;
        _signalled = true;
        _pulse?.Give();
        _work.Release();
    }
}

/// <summary>Where the log stood on opening.</summary>
internal readonly record struct StoreMark(long LastSeq, long LastNow, long LastRecordId, long VerifiedNow);
