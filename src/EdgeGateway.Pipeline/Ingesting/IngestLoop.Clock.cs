using System.Globalization;
using EdgeGateway.Metering;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Pipeline.Time;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Time;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Pipeline.Ingesting;

/// <content>The clock: when it is trusted, and what its steps do to the log.</content>
public sealed partial class IngestLoop
{
    private volatile ClockState _clock = new(null, false, ClockTrust.Nobody, 0, 0);
    private TimeZoneInfo? _zone;
    private int _clockSlot = -1;
    private Plans.CompiledPlant? _clockPlant;

    /// <summary>What the gateway's time rests on. Any thread.</summary>
    public ClockState Clock => _clock;

    /// <summary>True once the clock is trusted or its wait ran out.</summary>
    public bool IsTimed => _clock.UtcOffset is not null;

    /// <summary>
    /// A boot has one offset for what was written before trust. A process that finds it given already, to a process before it in the same boot, takes a row of its own: the clock may
    /// have stepped since, and what is written must not change.
    /// </summary>
    private static (string Key, int Id) Begin(IngestSetup setup)
    {
        var key = setup.BootId;
        var id = setup.Store.BeginBoot(key, null, null);
        if (setup.Store.Boot(id).UtcOffsetMicros is null) return (key, id);
        key = string.Create(CultureInfo.InvariantCulture, $"{key}#{setup.Store.Opened.LastSeq}");
        return (key, setup.Store.BeginBoot(key, null, null));
    }

    private async ValueTask TickAsync(CancellationToken cancellationToken)
    {
        var news = _trust.Look();
        if (news.Change == ClockChange.Gained) await TrustAsync(cancellationToken);
        else if (news.Change != ClockChange.None) await TellAsync(news, cancellationToken);
        Show(news.Change is ClockChange.SteppedAhead or ClockChange.SteppedBack or ClockChange.Ignored ? 1 : 0);
        if (_core is not null && _trust.Offset is not null && _setup.Stamps.Now - _lastBlock >= UtcMicros.PerSecond) await AdvanceAsync(cancellationToken);
        if (_core is { HasWork: true } && _trust.Offset is not null) await WorkAsync(cancellationToken);
    }

    /// <summary>Shows the state where it differs from what is shown.</summary>
    private void Show(int steps)
    {
        var (offset, ahead, known) = (_trust.Offset, _trust.Ahead, _clock);
        if (steps == 0 && known.UtcOffset == offset && known.Verified == _trust.Verified && known.Source == _trust.Source && known.Ahead == ahead) return;
        _clock = new ClockState(offset, _trust.Verified, _trust.Source, ahead, known.Steps + steps);
    }

    private void ToUtc(SampleBlock block)
    {
        var line = _trust.Line;
        if (line.Offset == line.Goal) block.Shift(line.Goal);
        else block.Shift(line, static (line, time) => line.OffsetAt(time));
    }

    /// <summary>The clock is trusted: the boot gets its offset, the store its epoch, and metering consumes what has waited, plan changes included.</summary>
    private async ValueTask TrustAsync(CancellationToken cancellationToken)
    {
        var offset = _trust.Line.Offset;
        _setup.Store.BeginBoot(_bootKey, offset, _trust.Verified ? _trust.Source : Recovery.MeteringReplay.UnverifiedSource);
        var epoch = _setup.Store.EnsureEpoch((_setup.Stamps.Now + offset) / UtcMicros.PerSecond);
        await _setup.Store.FlushAsync(cancellationToken);
        var entry = NewEntry(EntryKind.ClockStep);
        _setup.Replay.Apply(epoch, _output);
        var inForce = _inForce;
        _core = _setup.Replay.Core ?? new MeteringCore(inForce.Plant.Metering, epoch);
        if (_setup.Replay.PlanId != 0 && _setup.Replay.PlanId != inForce.PlanId) _core.ChangePlan(StampOf(entry), inForce.Plant.Metering, _output);
        entry.Add(new GatewayEvent(EventKind.ClockTrusted, entry.Now, "", [new("source", _trust.Source)]));
        Recovery.SetAside.Tell(entry, _setup.Store.Opened, _setup.Replay);
        _core.Advance(StampOf(entry), _output);
        _lastCheckpoint = entry.Now;
        // What took the whole log to rebuild shall not have to be again.
        if (_setup.Replay.BeginsAt > 0) _core.WriteCheckpoint(entry.Checkpoint);
        var utc = UtcMicros.Format(entry.Now);
        if (_trust.Verified) LogTrusted(_trust.Source, utc);
        else if (_trust.Ahead > 0) LogAhead(Seconds(_trust.Ahead), _trust.Source);
        else LogNobody(_setup.ClockWait, utc);
        await _setup.Store.PostAsync(entry, cancellationToken);
    }

    /// <summary>Puts news of the clock into the log of entries, so that it stands in order with the samples.</summary>
    private ValueTask TellAsync(ClockNews news, CancellationToken cancellationToken)
    {
        var entry = NewEntry(EntryKind.ClockStep);
        var seconds = Seconds(news.Micros);
        if (news.Change == ClockChange.Vouched) entry.Add(new GatewayEvent(EventKind.ClockTrusted, entry.Now, "", [new("source", _trust.Source)]));
        else if (news.Change == ClockChange.Doubted) entry.Add(new GatewayEvent(EventKind.ClockDoubted, entry.Now, "", []));
        else
        {
            var followed = news.Change switch { ClockChange.SteppedAhead => "true", ClockChange.SteppedBack => "slowly", _ => "false" };
            entry.Add(new GatewayEvent(EventKind.ClockStep, entry.Now, "", [new("seconds", seconds), new("followed", followed), new("source", _trust.Source)]));
        }
        _core!.Advance(StampOf(entry), _output);
        Say(news.Change, seconds, UtcMicros.Format(entry.Now));
        return _setup.Store.PostAsync(entry, cancellationToken);
    }

    private void Say(ClockChange change, string seconds, string utc)
    {
        if (change == ClockChange.Vouched) LogTrusted(_trust.Source, utc);
        else if (change == ClockChange.Doubted) LogDoubted();
        else if (change == ClockChange.SteppedAhead) LogFollowed(_trust.Source, seconds);
        else if (change == ClockChange.SteppedBack) LogBack(_trust.Source, seconds);
        else LogIgnored(seconds);
    }

    /// <summary>Looks for the time of the device that the map names as a clock, while its point is a text.</summary>
    private void LookForClock(SampleBlock block)
    {
        if (_setup.DeviceTime is not { } clock) return;
        if (!ReferenceEquals(_clockPlant, _inForce.Plant)) FindClock(_inForce.Plant);
        if (_clockSlot < 0) return;
        var slots = block.Slots;
        for (var row = 0; row < slots.Length; row++)
        {
            if (slots[row] == _clockSlot && block.Text(row) is { } text && block.Qualities[row].HasValue()) clock.Note(text, _zone!, block.Times[row]);
        }
    }

    private void FindClock(Plans.CompiledPlant plant)
    {
        _clockPlant = plant;
        _clockSlot = -1;
        for (var slot = 0; slot < plant.Metering.Points.Length; slot++)
        {
            if (plant.Metering.Points[slot].Path == plant.Map.Gateway.ClockDevice) _clockSlot = slot;
        }
        _zone = TimeZoneInfo.TryFindSystemTimeZoneById(plant.Map.Gateway.Timezone, out var known) ? known : TimeZoneInfo.Utc;
    }

    private static string Seconds(long micros) => (micros / (double)UtcMicros.PerSecond).ToString("F3", CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody vouches for this machine's clock yet ({Sources} could): samples are kept, and window records begin when time is synchronised (NTP), or unverified after {Wait}; gateway.clock_wait sets that time, 'edgegateway clock trust' ends it.")]
    private partial void LogUntrusted(string sources, TimeSpan wait);

    [LoggerMessage(Level = LogLevel.Information, Message = "Clock trusted ({Source}); time is {Utc}.")]
    private partial void LogTrusted(string source, string utc);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody vouched for this machine's clock within {Wait}: going on at {Utc}, records say clock_unverified.")]
    private partial void LogNobody(TimeSpan wait, string utc);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The newest stored entry is {Seconds} s ahead of the clock ({Source}): time runs a tenth slower until they meet, and records say clock_unverified.")]
    private partial void LogAhead(string seconds, string source);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody has vouched for this machine's clock for a day: records say clock_unverified.")]
    private partial void LogDoubted();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The clock ({Source}) moved {Seconds} s ahead otherwise than time passed; followed.")]
    private partial void LogFollowed(string source, string seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The clock ({Source}) moved {Seconds} s otherwise than time passed: time runs a tenth slower until they meet, no interval is counted twice, and records say clock_unverified.")]
    private partial void LogBack(string source, string seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The system clock moved {Seconds} s otherwise than time passed; not followed: nobody vouches for it.")]
    private partial void LogIgnored(string seconds);
}
