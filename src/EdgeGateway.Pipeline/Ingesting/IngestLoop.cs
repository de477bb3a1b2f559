using System.Threading.Channels;
using EdgeGateway.Metering;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Loops;
using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Pipeline.Time;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Time;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Pipeline.Ingesting;

/// <summary>The one sequential loop between buses and store: latest values, input log, metering, hand-over, block back to its pool.</summary>
/// <remarks>
/// Buses post from any thread; all else happens on the loop. While the store is behind, the loop waits, the mailbox fills, and buses skip and count cycles: nothing queues without bound.
/// An exception out of metering or the store ends the loop and with it the process: better no number than a wrong one.
/// </remarks>
public sealed partial class IngestLoop : ISampleSink
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromSeconds(1);

    // More than are under way while the loop keeps up; those of a mailbox that was full once are let go.
    private const int IdleBlocks = 64;

    private readonly IngestSetup _setup;
    private readonly Channel<IngestMail> _mailbox;
    private readonly SampleBlockPool _pool;
    private readonly ClockTrust _trust;
    private readonly EntryOutput _output = new();
    private readonly string _bootKey;
    private readonly int _boot;
    private readonly Recovery.StoredHistory _history;
    private readonly ILogger _log;
    private volatile PlanInForce _inForce;
    private MeteringCore? _core;
    private long _seq, _lastNow, _lastCheckpoint, _lastBlock, _droppedRows;

    /// <summary>Makes the loop behind what the replay restored; <see cref="RunAsync"/> starts it.</summary>
    public IngestLoop(IngestSetup setup)
    {
        _setup = setup;
        _log = setup.Log.CreateLogger<IngestLoop>();
        _history = new Recovery.StoredHistory(setup.Store);
        _mailbox = Channel.CreateBounded<IngestMail>(new BoundedChannelOptions(setup.MailboxCapacity) { SingleReader = true });
        _pool = new SampleBlockPool(setup.BlockCapacity, IdleBlocks);
        _inForce = new PlanInForce(setup.Plant, setup.PlanId, new LatestValues(setup.Plant.PointIds.Length));
        var opened = setup.Store.Opened;
        _trust = new ClockTrust(setup.Stamps, setup.ClockSources, setup.ClockWait, opened.LastNow);
        (_bootKey, _boot) = Begin(setup);
        _core = setup.Replay.Core;
        _seq = opened.LastSeq;
        _lastNow = long.MinValue;
    }

    /// <summary>The plan in force with the newest sample of every point; a new object with every plan, so ask once and use both parts. Any thread.</summary>
    public PlanInForce InForce => _inForce;

    /// <summary>The newest sample of every point, by slot of the plan in force.</summary>
    public LatestValues Latest => _inForce.Latest;

    /// <summary>Rows of points that the plan in force no longer has, dropped on the way from buses made for an earlier one.</summary>
    public long DroppedRows => Interlocked.Read(ref _droppedRows);

    /// <summary>Whether the loop moves or waits.</summary>
    public LoopPulse Pulse { get; } = new();

    /// <summary>Counters of metering, or null while the clock is awaited.</summary>
    public MeteringCounters? Metering => _core?.Counters;

    /// <inheritdoc/>
    public SampleBlock Rent() => _pool.Rent();

    /// <inheritdoc/>
    public void Return(SampleBlock block) => _pool.Return(block);

    /// <inheritdoc/>
    /// <remarks>For whoever knows the plan in force; a bus gets a sink of its own by <see cref="SinkFor"/>.</remarks>
    public bool TryPost(SampleBlock block) => TryPost(block, null);

    /// <summary>The sink for buses that are made for <paramref name="plant"/>: their blocks find their points under every later plan.</summary>
    public ISampleSink SinkFor(CompiledPlant plant) => new BusSink(this, plant);

    internal bool TryPost(SampleBlock block, BusSink? from)
    {
        ArgumentNullException.ThrowIfNull(block);
        Pulse.Give();
        if (_mailbox.Writer.TryWrite(new IngestMail(block, From: from))) return true;
        Pulse.Refuse();
        return false;
    }

    /// <summary>Puts another plan in force behind all that was posted before, and waits until it is. Any thread; from the supervisor.</summary>
    /// <returns>Number of the entry from which on it is in force.</returns>
    /// <exception cref="InvalidOperationException">The gateway is stopping: the plan was not changed.</exception>
    public async Task<long> ChangePlanAsync(CompiledPlant plant, int planId, CancellationToken cancellationToken)
    {
        var change = new PlanChange(plant, planId);
        await PutAsync(new IngestMail(null, Change: change), cancellationToken);
        return await change.Entered.WaitAsync(cancellationToken);
    }

    /// <summary>Appends an operator's word to the input log and waits until it is durable. Any thread.</summary>
    /// <returns>Number of its entry.</returns>
    /// <exception cref="InvalidOperationException">The gateway is stopping: nothing was written.</exception>
    public async Task<long> SayAsync(OperatorWord word, CancellationToken cancellationToken)
    {
        var spoken = new SpokenWord(word);
        await PutAsync(new IngestMail(null, spoken), cancellationToken);
        var seq = await spoken.Entered.WaitAsync(cancellationToken);
        await _setup.Store.FlushAsync(cancellationToken);
        return seq;
    }

    /// <summary>Runs until <see cref="Complete"/> is called and the mailbox is empty; then takes a last checkpoint.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Pulse.Give();
        await AppendPlanAsync(cancellationToken);
        await TickAsync(cancellationToken);
        if (_trust.Offset is null) LogUntrusted(string.Join(", ", _setup.ClockSources.Select(s => s.Name)), _setup.ClockWait);
        Pulse.Done();
        using (_setup.Time.CreateTimer(static loop => ((IngestLoop)loop!).PostTick(), this, TickPeriod, TickPeriod))
        {
            // Without a token: the channel then reuses its one waiter, and completion ends the wait.
            while (await _mailbox.Reader.WaitToReadAsync(CancellationToken.None))
            {
                while (_mailbox.Reader.TryRead(out var mail))
                {
                    if (mail.Block is { } block) await IngestAsync(block, mail.From, cancellationToken);
                    else if (mail.Change is { } change) await ChangePlanAsync(change, cancellationToken);
                    else if (mail.Word is { } word) await SayAsync(word, cancellationToken);
                    else await TickAsync(cancellationToken);
                    Pulse.Done();
                }
            }
        }
        if (_core is not null) await AdvanceAsync(cancellationToken, lastCheckpoint: true);
    }

    /// <summary>No more blocks will come.</summary>
    public void Complete() => _mailbox.Writer.TryComplete();

    /// <summary>Waits for room in the mailbox, and puts it in.</summary>
    private async ValueTask PutAsync(IngestMail mail, CancellationToken cancellationToken)
    {
        Pulse.Give();
        try
        {
            await _mailbox.Writer.WriteAsync(mail, cancellationToken);
        }
        catch (Exception failure)
        {
            Pulse.Refuse();
            if (failure is ChannelClosedException) throw new InvalidOperationException("The gateway is stopping.", failure);
            throw;
        }
    }

    private void PostTick()
    {
        Pulse.Give();
        if (!_mailbox.Writer.TryWrite(default)) Pulse.Refuse();
    }

    private async ValueTask IngestAsync(SampleBlock block, BusSink? from, CancellationToken cancellationToken)
    {
        if (from?.Translate(block, _inForce.Plant) is > 0 and var dropped)
        {
            Interlocked.Add(ref _droppedRows, dropped);
            if (block.Count == 0)
            {
                _pool.Return(block);
                return;
            }
        }
        _lastBlock = _setup.Stamps.Now;
        var entry = NewEntry(EntryKind.Samples);
        LookForClock(block);
        if (_trust.Offset is not null) ToUtc(block);
        SampleBlockCodec.Encode(block, _inForce.PointIds, entry.Body);
        entry.Codec |= SampleBlockCodec.Packed;
        foreach (var time in block.Times)
        {
            entry.TimeMin = Math.Min(entry.TimeMin ?? time, time);
            entry.TimeMax = Math.Max(entry.TimeMax ?? time, time);
        }
        if (_trust.Offset is not null)
        {
            _inForce.Latest.Update(block);
            _core!.Apply(StampOf(entry), block, _output);
            CheckpointWhenDue(entry);
        }
        _pool.Return(block);
        await _setup.Store.PostAsync(entry, cancellationToken);
    }

    /// <summary>Before the clock is trusted the word waits in the log like everything else, and metering hears it then.</summary>
    private async ValueTask SayAsync(SpokenWord spoken, CancellationToken cancellationToken)
    {
        var entry = NewEntry(EntryKind.Operator);
        spoken.Word.Encode(entry.Body);
        if (_trust.Offset is not null) _core!.Apply(StampOf(entry), spoken.Word, _output);
        var seq = entry.Seq;
        await _setup.Store.PostAsync(entry, cancellationToken);
        if (spoken.Word.Verb == OperatorClock.Verb) await TickAsync(cancellationToken);
        spoken.Enter(seq);
    }

    /// <summary>The next share of stating stored records again; what it reads must be durable.</summary>
    private async ValueTask WorkAsync(CancellationToken cancellationToken)
    {
        await _setup.Store.FlushAsync(cancellationToken);
        var entry = NewEntry(EntryKind.JobTick);
        _core!.Work(StampOf(entry), _history, _output);
        await _setup.Store.PostAsync(entry, cancellationToken);
    }

    private ValueTask AdvanceAsync(CancellationToken cancellationToken, bool lastCheckpoint = false)
    {
        var entry = NewEntry(EntryKind.Advance);
        _core!.Advance(StampOf(entry), _output);
        if (lastCheckpoint) _core.WriteCheckpoint(entry.Checkpoint);
        else CheckpointWhenDue(entry);
        return _setup.Store.PostAsync(entry, cancellationToken);
    }

    /// <summary>Says in the log which plan is in force from here on, where it is another one than before.</summary>
    private async ValueTask AppendPlanAsync(CancellationToken cancellationToken)
    {
        if (_setup.Store.Opened.LastPlan == _inForce.PlanId) return;
        await _setup.Store.PostAsync(NewEntry(EntryKind.Plan), cancellationToken);
    }

    /// <summary>From the plan's own entry on all is metered under it, live as in a replay. Before the clock is trusted the entry waits in the log like everything else.</summary>
    private async ValueTask ChangePlanAsync(PlanChange change, CancellationToken cancellationToken)
    {
        _inForce = _inForce.Next(change.Plant, change.PlanId);
        var entry = NewEntry(EntryKind.Plan);
        if (_trust.Offset is not null) _core!.ChangePlan(StampOf(entry), change.Plant.Metering, _output);
        var seq = entry.Seq;
        await _setup.Store.PostAsync(entry, cancellationToken);
        change.Enter(seq);
    }

    private LogEntry NewEntry(EntryKind kind)
    {
        var entry = _setup.Store.Rent();
        var now = _setup.Stamps.Now;
        now += _trust.Offset is null ? 0 : _trust.Line.OffsetAt(now);
        entry.Seq = ++_seq;
        entry.Kind = kind;
        entry.Now = _lastNow = Math.Max(now, _trust.Offset is null ? now : _lastNow);
        entry.Boot = _boot;
        entry.Plan = _inForce.PlanId;
        entry.Codec = _trust.Offset is null ? EntryCodec.BootTime : _trust.Verified ? (byte)0 : EntryCodec.Unverified;
        _output.Entry = entry;
        return entry;
    }

    private static EntryStamp StampOf(LogEntry entry) => new(entry.Seq, entry.Now, !EntryCodec.IsUnverified(entry.Codec));

    private void CheckpointWhenDue(LogEntry entry)
    {
        if (entry.Now - _lastCheckpoint < UtcMicros.PerMinute) return;
        _lastCheckpoint = entry.Now;
        _core!.WriteCheckpoint(entry.Checkpoint);
    }
}
