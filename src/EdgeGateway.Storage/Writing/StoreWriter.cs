using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Storage.Bounds;
using EdgeGateway.Storage.Files;
using EdgeGateway.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Storage.Writing;

/// <summary>The one thread that writes. It commits batches, runs jobs between them, and tries a failed batch again until the disk takes it.</summary>
internal sealed class StoreWriter : IAsyncDisposable
{
    private const int MostIdle = 8192;

    private readonly Connection _file;
    private readonly SqliteStoreOptions _options;
    private readonly ILogger _log;
    private readonly WriteQueue _queue;
    private readonly BatchWriter _batches;
    private readonly Shedder _shedder;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _retryTimer;
    private volatile bool _waiting;
    private volatile string? _fault;
    private long _durableRecordId;
    private int _failures;
    private bool _shedFailed;

    /// <summary>Takes <paramref name="file"/> over and starts the thread.</summary>
    public StoreWriter(Connection file, SqliteStoreOptions options, StoreMark opened, ILogger log)
    {
        (_file, _options, _log) = (file, options, log);
        _durableRecordId = opened.LastRecordId;
        _queue = new WriteQueue(options, opened);
        _batches = new BatchWriter(file, opened.LastSeq, opened.LastRecordId);
        _shedder = new Shedder(file, options, Counters, () => _queue.Publishers, opened.VerifiedNow, log);
        Entries = new EntryPool(Math.Min(options.QueueCapacity, MostIdle));
        new Thread(Work) { Name = "store", IsBackground = true }.Start();
    }

    /// <summary>What waits for the thread.</summary>
    public WriteQueue Queue => _queue;

    /// <summary>The connection: for jobs on the thread only.</summary>
    internal Connection File => _file;

    /// <summary>Entries for reuse.</summary>
    public EntryPool Entries { get; }

    /// <summary>Counters.</summary>
    public StoreCounters Counters { get; } = new();

    /// <summary>Why commits fail, or null.</summary>
    public string? Fault => _fault;

    /// <summary>Id of the newest durable record.</summary>
    public long DurableRecordId => Interlocked.Read(ref _durableRecordId);

    /// <summary>Runs <paramref name="job"/> on the thread in a transaction of its own and waits for it; durable on return.</summary>
    /// <exception cref="StoreException">The disk refused.</exception>
    public T Run<T>(Func<Connection, T> job)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Run(() =>
        {
            try
            {
                _file.Execute("BEGIN IMMEDIATE");
                var result = job(_file);
                _file.Execute("COMMIT");
                done.SetResult(result);
            }
            catch (Exception e)
            {
                _file.Rollback();
                done.SetException(e is SqliteException s ? FaultText.ToException(_options.Path, "written", s) : e);
            }
        });
        return done.Task.GetAwaiter().GetResult();
    }

    /// <summary>As <see cref="Run"/>, but where the disk refuses it is asked again until it takes it: for what a running gateway cannot go on without.</summary>
    /// <exception cref="StoreException">The disk refused and the store was stopped.</exception>
    public T RunUntilTaken<T>(Func<Connection, T> job)
    {
        while (true)
        {
            try
            {
                return Run(job);
            }
            catch (StoreException refused) when (!_queue.IsStopping)
            {
                Counters.CountFailure();
                if (_fault is null) StoreLog.CommitFailed(_log, refused.Message);
                _fault = refused.Message;
                Task.Delay(_options.RetryFirst, _options.Time).GetAwaiter().GetResult();
            }
        }
    }

    /// <summary>Commits what is left, once, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Stop();
        await _ended.Task.ConfigureAwait(false);
    }

    private void Work()
    {
        Batch? lost = null;
        try
        {
            var running = true;
            while (running)
            {
                _queue.WaitForWork();
                RunJobs();
                running = CommitAll(out lost);
            }
            // One that was asked for just before the stop.
            RunJobs();
            _retryTimer?.Dispose();
            _file.Dispose();
        }
        finally
        {
            if (lost is { Entries.Count: > 0 }) StoreLog.Lost(_log, _options.Path, _queue.Pending, lost.Entries[0].Seq);
            _queue.Close(lost is null ? null : new StoreException(_fault ?? "The store stopped."));
            _ended.SetResult();
        }
    }

    private void RunJobs()
    {
        while (_queue.TryTakeJob(out var job))
        {
            job();
            _queue.JobDone();
        }
    }

    /// <summary>Commits what is due. False where the thread is to end; <paramref name="lost"/> is then what the disk did not take.</summary>
    private bool CommitAll(out Batch? lost)
    {
        lost = null;
        while (true)
        {
            _queue.TakeSignal();
            var stopping = _queue.IsStopping;
            if (_waiting && !stopping) return true;
            var batch = _queue.Take();
            if (batch is null) return !stopping;
            var (verifiedNow, entries) = (batch.VerifiedNow, batch.Entries.Count);
            if (Commit(batch))
            {
                if (!stopping && entries > 0) Shed(verifiedNow, entries);
                continue;
            }
            if (!stopping) return true;
            lost = batch;
            return false;
        }
    }

    private bool Commit(Batch batch)
    {
        try
        {
            var written = _batches.Write(batch);
            Interlocked.Exchange(ref _durableRecordId, written.LastRecordId);
            Counters.CountCommit(written.Entries, written.EntryBytes, written.Records);
            if (_failures > 0) StoreLog.Recovered(_log, _options.Path, _failures);
            (_fault, _failures) = (null, 0);
            _queue.Durable(batch, written, Entries);
            return true;
        }
        catch (Exception e)
        {
            Fail(e);
            return false;
        }
    }

    /// <summary>What cannot be let go now can be later: it hurts no commit.</summary>
    private void Shed(long verifiedNow, int entries)
    {
        try
        {
            _shedder.Step(verifiedNow, entries, ref _batches.Tally);
            _shedFailed = false;
        }
        catch (SqliteException fault)
        {
            if (fault.IsDamage) StoreFile.Suspect(_options.Path);
            if (!_shedFailed) StoreLog.ShedFailed(_log, _options.Path, fault.Message);
            _shedFailed = true;
        }
    }

    /// <summary>The batch stays; the next try comes after a growing wait.</summary>
    private void Fail(Exception fault)
    {
        Counters.CountFailure();
        if (fault is SqliteException { IsDamage: true }) StoreFile.Suspect(_options.Path);
        var text = FaultText.Of(_options.Path, fault);
        if (_failures == 0) StoreLog.CommitFailed(_log, text);
        _fault = text;
        _waiting = true;
        var wait = _options.RetryFirst * Math.Pow(2, Math.Min(_failures, 20));
        _failures++;
        _retryTimer?.Dispose();
        _retryTimer = _options.Time.CreateTimer(static w => ((StoreWriter)w!).Retry(), this, wait < _options.RetryMost ? wait : _options.RetryMost, Timeout.InfiniteTimeSpan);
    }

    private void Retry()
    {
        _waiting = false;
        _queue.Wake();
    }
}
