using EdgeGateway.Pipeline.Loops;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Time;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Pipeline.Publishing;

/// <summary>Drives one publisher: connect, send what it has not acknowledged, oldest first, wait for the next commit, or for samples that leave at once. On a failure wait with growing, jittered pauses and connect again, for ever.</summary>
/// <remarks>Reads are copied and ended before anything goes to the network; a failing target is its own business and never holds the gateway or another publisher.</remarks>
public sealed partial class PublisherLoop
{
    private const int RecordBatch = 200, TelemetryBatch = 100;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromMinutes(1), LeastTurn = TimeSpan.FromMilliseconds(10), RoundedUp = TimeSpan.FromMilliseconds(1);

    private readonly IPublisher _publisher;
    private readonly IStore _store;
    private readonly TimeProvider _time;
    private readonly Func<double> _random;
    private readonly PublishHold? _hold;
    private readonly ILogger _log;
    private readonly LoopPulse _pulse = new();
    private volatile TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IResending? _resending;
    private readonly bool _tapped;
    private long _samplesDue = long.MinValue, _known = long.MaxValue, _knownPost = long.MaxValue, _readPost;

    /// <summary>Makes the loop; it owns the publisher and disposes it at its end.</summary>
    /// <param name="publisher">The target.</param>
    /// <param name="store">The log.</param>
    /// <param name="time">For pauses.</param>
    /// <param name="random">A number in [0, 1) for jitter.</param>
    /// <param name="log">For the few lines worth saying.</param>
    /// <param name="hold">What keeps it from its target, or null.</param>
    public PublisherLoop(IPublisher publisher, IStore store, TimeProvider time, Func<double> random, ILoggerFactory log, PublishHold? hold = null)
    {
        _hold = hold;
        (_publisher, _store, _time, _random) = (publisher, store, time, random);
        _log = log.CreateLogger<PublisherLoop>();
        _tapped = publisher.Chosen.Choice.IsTapped;
        Health = new PublisherHealth(publisher.Name, () => publisher.BytesSent);
        _pulse.Move();
    }

    /// <summary>True while the loop waits for something that has not happened yet: a commit, or a time. For a simulated clock. Any thread.</summary>
    public bool Quiet => _pulse.Quiet && _store.DurableSeq <= Interlocked.Read(ref _known) && (!_tapped || _store.PostedSeq <= Interlocked.Read(ref _knownPost));

    /// <summary>Grows with every change of <see cref="Quiet"/>.</summary>
    public long Activity => _pulse.Activity + _store.DurableSeq + _store.PostedSeq;

    /// <summary>Counters for logs, metrics and page.</summary>
    public PublisherHealth Health { get; }

    /// <summary>Whether the loop moves or waits, for the network included: for the watchdog.</summary>
    public LoopPulse Pulse { get; } = new();

    /// <summary>Orders a stretch of the log to be sent again beside the live data. Any thread.</summary>
    /// <returns>False where an order is under way already.</returns>
    public bool Republish(RepublishOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return Resend(new Republishing(order, _store, _publisher.Chosen, _time));
    }

    /// <summary>Orders items of the quarantine to be sent once more. Any thread.</summary>
    /// <returns>False where an order is under way already.</returns>
    public bool Replay(IReadOnlyList<QuarantinedItem> items) => Resend(new QuarantineReplay(items, _store, _publisher.Name, _publisher.Chosen, _time));

    private bool Resend(IResending order)
    {
        if (Interlocked.CompareExchange(ref _resending, order, null) is not null) return false;
        _called.TrySetResult();
        return true;
    }

    /// <summary>Runs until <paramref name="cancellationToken"/> is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _store.BeginPublisher(_publisher.Name);
        try
        {
            await PublishForEverAsync(_publisher, cancellationToken);
        }
        finally
        {
            _store.EndPublisher(_publisher.Name);
            _pulse.Park();
        }
    }

    private async Task PublishForEverAsync(IPublisher publisher, CancellationToken cancellationToken)
    {
        await using (publisher)
        {
            // Before the hold: a publisher that begins now begins with what is measured meanwhile.
            var streams = _publisher.Chosen.Choice.Streams.Select(s => new StreamReader(_store, _publisher, s, Health, _time)).ToArray();
            if (!await HeldAsync(cancellationToken)) return;
            var pause = FirstPause;
            while (!cancellationToken.IsCancellationRequested)
            {
                var least = TimeSpan.Zero;
                try
                {
                    await _publisher.ConnectAsync(cancellationToken);
                    Health.Connected = true;
                    Health.LastError = null;
                    LogConnected(_publisher.Name);
                    pause = FirstPause;
                    foreach (var stream in streams) stream.Begin();
                    await PublishAsync(streams, cancellationToken);
                }
                catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
                {
                    return;
                }
                catch (Exception problem)
                {
                    Health.Connected = false;
                    Health.CountFailure();
                    least = (problem as PublisherException)?.After ?? TimeSpan.Zero;
                    if (least > TimeSpan.Zero) LogAlarm(_publisher.Name, problem.Message, least);
                    else if (Health.LastError != problem.Message) LogLost(_publisher.Name, problem.Message);
                    Health.LastError = problem.Message;
                }
                if (!await PauseAsync(pause > least ? pause : least, cancellationToken)) return;
                pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
            }
        }
    }

    /// <summary>Waits for the hold to end; false where the loop's end comes first.</summary>
    private async Task<bool> HeldAsync(CancellationToken cancellationToken)
    {
        if (_hold?.Reason is not { } reason) return true;
        Health.LastError = reason;
        try
        {
            await ParkedAsync(_hold.WaitAsync(cancellationToken));
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task PublishAsync(StreamReader[] streams, CancellationToken cancellationToken)
    {
        while (true)
        {
            var known = _store.DurableSeq;
            var (sent, after) = (false, TimeSpan.Zero);
            foreach (var stream in streams)
            {
                var items = Read(stream);
                if (items.Count == 0) continue;
                var outcomes = new Outcome[items.Count];
                try
                {
                    await _publisher.PublishAsync(items, outcomes, cancellationToken);
                }
                finally
                {
                    stream.Apply(items, outcomes, UtcMicros.From(_time.GetUtcNow()));
                }
                sent = true;
                SayRejected(stream.Stream, items, outcomes);
                foreach (var outcome in outcomes)
                {
                    if (outcome.Kind == OutcomeKind.Retry) after = after > outcome.After ? after : Longer(outcome.After);
                }
            }
            if (_resending is { } again) sent |= await ResendAsync(again, cancellationToken);
            if (after > TimeSpan.Zero) await ParkedAsync(Task.Delay(after, _time, cancellationToken));
            else if (!sent) await WaitAsync(known, cancellationToken);
        }
    }

    /// <summary>The next items of a stream; of samples none while they are still collected.</summary>
    private List<PublishItem> Read(StreamReader stream)
    {
        if (stream.Stream == RecordStream.Telemetry && _time.GetTimestamp() < _samplesDue) return [];
        Pulse.Move();
        try
        {
            if (stream.Stream != RecordStream.Telemetry) return stream.Read(RecordBatch);
            _readPost = _store.PostedSeq;
            var items = stream.Read(TelemetryBatch);
            // What is left of a long collection, or of a backlog, goes at once.
            if (stream.AtEnd) _samplesDue = _time.GetTimestamp() + (long)(_publisher.Chosen.Choice.Together.TotalSeconds * _time.TimestampFrequency);
            return items;
        }
        finally
        {
            Pulse.Park();
        }
    }

    /// <summary>A turn of an order to send again; false where it has to wait for its rate.</summary>
    private async Task<bool> ResendAsync(IResending again, CancellationToken cancellationToken)
    {
        if (again.Until > TimeSpan.Zero) return false;
        var items = again.Take();
        if (items.Count > 0)
        {
            var outcomes = new Outcome[items.Count];
            try
            {
                await _publisher.PublishAsync(items, outcomes, cancellationToken);
            }
            finally
            {
                again.Apply(items, outcomes, UtcMicros.From(_time.GetUtcNow()));
            }
            // Whoever refuses for now is not asked again at once.
            return !outcomes.Any(o => o.Kind == OutcomeKind.Retry);
        }
        if (!again.Done) return true;
        _resending = null;
        LogResent(_publisher.Name, again.Counted.Sent, again.Counted.Refused);
        return true;
    }

    /// <summary>Waits for a commit, for a sample that leaves at once, for an order to send again, or for the next turn of one.</summary>
    private async Task WaitAsync(long known, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Interlocked.Exchange(ref _known, known);
        Interlocked.Exchange(ref _knownPost, _readPost);
        var commit = _store.WaitForCommitAsync(known, either.Token);
        var tap = _tapped ? TapAsync(_readPost, either.Token) : commit;
        var called = _called.Task;
        if (_resending is { } again) await ParkedAsync(Task.WhenAny(commit, tap, called, Task.Delay(again.Until > LeastTurn ? again.Until : LeastTurn, _time, either.Token)));
        else await ParkedAsync(Task.WhenAny(commit, tap, called));
        await either.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        // The order itself is seen by the next turn, whenever it came.
        if (called.IsCompleted) _called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (commit.IsFaulted) await commit;
    }

    /// <summary>Waits for an entry that was posted since the samples were read, and then for others that may go with it.</summary>
    private async Task TapAsync(long read, CancellationToken cancellationToken)
    {
        await _store.WaitForPostAsync(read, cancellationToken);
        var left = _samplesDue - _time.GetTimestamp();
        if (_samplesDue == long.MinValue || left <= 0) return;
        var together = Task.Delay(TimeSpan.FromSeconds(left / (double)_time.TimestampFrequency) + RoundedUp, _time, cancellationToken);
        // What is posted meanwhile goes with it: from here on only the time is waited for.
        Interlocked.Exchange(ref _knownPost, long.MaxValue);
        await together;
    }

    private async Task ParkedAsync(Task wait)
    {
        if (!wait.IsCompleted) _pulse.Park();
        try
        {
            await wait;
        }
        finally
        {
            _pulse.Move();
            Interlocked.Exchange(ref _known, long.MaxValue);
            Interlocked.Exchange(ref _knownPost, long.MaxValue);
        }
    }

    /// <summary>One line a batch: the rest is in the quarantine.</summary>
    private void SayRejected(RecordStream stream, List<PublishItem> items, Outcome[] outcomes)
    {
        var first = Array.FindIndex(outcomes, o => o.Kind == OutcomeKind.Rejected);
        if (first >= 0) LogRejected(_publisher.Name, outcomes.Count(o => o.Kind == OutcomeKind.Rejected), stream, items[first].Id, outcomes[first].Reason ?? "no reason given");
    }

    private static TimeSpan Longer(TimeSpan after) => after > FirstPause ? after : FirstPause;

    private async Task<bool> PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await ParkedAsync(Task.Delay(pause * (0.5 + _random()), _time, cancellationToken));
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Publisher {Name}: sent {Sent} items again; {Refused} were refused.")]
    private partial void LogResent(string name, long sent, long refused);

    [LoggerMessage(Level = LogLevel.Information, Message = "Publisher {Name}: connected.")]
    private partial void LogConnected(string name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Publisher {Name}: {Count} items of {Stream} were rejected and quarantined; the first, {Id}: {Reason}")]
    private partial void LogRejected(string name, int count, RecordStream stream, long id, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "ALARM: publisher {Name}: {Problem} Data wait in the store; keeping away for {Pause}.")]
    private partial void LogAlarm(string name, string problem, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Publisher {Name}: {Problem} Data wait in the store; trying again.")]
    private partial void LogLost(string name, string problem);
}
