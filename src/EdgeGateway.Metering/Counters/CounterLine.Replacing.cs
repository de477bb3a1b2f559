using EdgeGateway.Metering.Amendments;
using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Counters;

/// <summary>What an operator says of a replaced meter.</summary>
internal sealed partial class CounterLine
{
    private Replacement? _awaited;

    /// <summary>Meters replaced so far by an operator's word: added to the map's register epoch.</summary>
    public int Replaced { get; private set; }

    /// <summary>The line before the newest reset or replacement.</summary>
    public ref readonly LeftLine Left => ref _left;

    /// <summary>Hears of a replacement.</summary>
    /// <param name="replacement">What was said.</param>
    /// <param name="steps">By how many steps the total since the reset is higher for it; 0 where the new meter is still awaited.</param>
    /// <returns>Why it cannot be so, or null.</returns>
    public string? Replace(in Replacement replacement, out long steps)
    {
        steps = 0;
        if (!Begun) return "nothing was read of this register yet: its totals begin with the new meter anyway";
        if (replacement.At > _line.Time)
        {
            if (replacement.Final is { } final && Rest(_line, final, replacement.At) is null) return $"from {_line.Value} steps, read last, the old meter cannot have come to {final}";
            _awaited = replacement;
            _awaitedPhysics = replacement.Ratio is { } other ? PhysicsOf(other) : null;
            if (replacement.Ratio is not null) ExpectRatio();
            return null;
        }
        if (!_left.IsKnown || replacement.At < _left.Line.Time - RetractMicros || replacement.At > _left.First.Time + RetractMicros)
        {
            return "its register was not seen to be reset within a day of that time: say the time at which the new meter was read first";
        }
        if (WhyNoRatio(replacement) is { } refused) return refused;
        if (Rest(_left.Line, replacement.Final ?? _left.Line.Value, Math.Max(replacement.At, _left.Line.Time)) is not { } rest) return $"from {_left.Line.Value} steps, read last, the old meter cannot have come to {replacement.Final}";
        var begun = replacement.Initial is { } initial ? _left.First.Value - initial : 0;
        if (begun < 0 || !CanHaveBegun(replacement, rest, begun)) return $"from {replacement.Initial} steps the new meter cannot have come to {_left.First.Value}, read first, in that time";
        steps = rest + begun - _left.Counted;
        // A word that corrects an earlier one speaks of the same new meter.
        if (_left.Until != 0) Replaced++;
        _left = _left with { Until = 0, Counted = rest + begun };
        if (replacement.Ratio is { } ratio)
        {
            _left = _left with { At = replacement.At };
            Exchange(replacement.At - plan.LagMicros, ratio);
        }
        Total = checked(Total + steps * One);
        return null;
    }

    /// <summary>Why what was counted cannot be divided between two ratios at the time that was said; null where it can, or need not be.</summary>
    private string? WhyNoRatio(in Replacement replacement)
    {
        var isExchanged = _left.Until == 0 && IsExchanged(_left.At - plan.LagMicros);
        if (isExchanged && replacement.At != _left.At) return $"a meter with another ratio was said to be there from {UtcMicros.Format(_left.At)} on: say that time";
        if (replacement.Ratio is null || isExchanged) return null;
        if (_left.First.Time - _left.Line.Time > GapRecords.LongGap) return "more than a day lies between the last reading of the old meter and the first one of the new: leave the ratio out, and say it by the word ratio from that time on";
        var taken = new Reading(replacement.At, _left.First.Value, 0);
        if (PhysicsAt(_left.Line.Time - plan.LagMicros).IsAmbiguous(_left.Line, taken) || PhysicsOf(replacement.Ratio.Value).IsAmbiguous(taken, _left.First)) return "a register may have gone around once more between the last reading of the old meter and the first one of the new: leave the ratio out, and say it by the word ratio from that time on";
        return replacement.At > _left.Line.Time && replacement.At < _left.First.Time ? null
            : $"with another ratio its time must lie between the last reading of the old meter, {UtcMicros.Format(_left.Line.Time)}, and the first one of the new, {UtcMicros.Format(_left.First.Time)}";
    }

    private bool CanHaveBegun(in Replacement replacement, long rest, long begun)
    {
        var next = replacement.Ratio is { } ratio ? PhysicsOf(ratio) : PhysicsAt(_left.First.Time - plan.LagMicros);
        if (replacement.Ratio is null && !IsExchanged(_left.At - plan.LagMicros)) return rest + begun <= next.Possible(_left.Line, _left.First);
        // Each meter's steps by its own ratio.
        return replacement.Initial is not { } initial || begun <= next.Possible(new Reading(replacement.At, initial, 0), _left.First);
    }

    /// <summary>What the old meter counted after its last reading, where that is possible.</summary>
    private long? Rest(in Reading last, long final, long at)
    {
        var (end, physics) = (new Reading(at, final, 0), PhysicsAt(last.Time - plan.LagMicros));
        if (final == last.Value || physics.IsHeld(last, end)) return 0;
        return physics.IsForward(last, end) ? final - last.Value : physics.ThroughZero(last, end);
    }

    /// <summary>From the time said on, a reading is of the new meter if it can have come there from its first value; where that is not known, if it is not on the old line, or where it has another ratio, not between the last reading and the last display of the old meter.</summary>
    private bool IsOfNewMeter(in Reading reading)
    {
        if (_awaited is not { } awaited || reading.Time <= awaited.At) return false;
        if (awaited.Initial is { } initial)
        {
            var (first, physics) = (new Reading(awaited.At, initial, 0), _awaitedPhysics ?? _physics);
            return physics.IsForward(first, reading) || physics.ThroughZero(first, reading) is not null;
        }
        if (awaited.Ratio is null) return !FollowsLine(reading, out _, out _, out _);
        // Taken for the old line going on, another ratio would never begin: the time is believed, unless the old display was read later than it.
        return awaited.Final is not { } final || reading.Value > final || !(_physics.IsForward(_line, reading) || _physics.IsHeld(_line, reading));
    }

    /// <summary>The totals go on with it: the time at which the old one was taken off has a total of its own, so that windows can be cut there.</summary>
    private void BeginNewMeter<TListener>(in Reading reading, ref TListener listener, MeteringCounters counters) where TListener : struct, ILineListener, allows ref struct
    {
        var (awaited, left, total, doubted) = (_awaited!.Value, _line, Total, Doubt);
        listener.Happened(EventKind.MeterReplaced, _line, reading);
        Suspects.Clear();
        (_awaited, _awaitedPhysics) = (null, null);
        Replaced++;
        // Readings of two meters do not lie on one line.
        NewestCount = GapCount.Unsure;
        var at = TakenOff(awaited, reading);
        // Where it is another time than was said, the total there may be off by what passed between the two.
        var off = new Reading(at, awaited.Final ?? _line.Value, (int)Math.Min(Math.Abs(at - awaited.At), int.MaxValue));
        long? rest = awaited.Final is { } final ? Rest(_line, final, at) : null;
        var flags = awaited.Initial is not null && rest is not null ? WindowFlags.None : WindowFlags.Missing;
        var doubt = Uncertain(_line, off, rest ?? 0, out var uncertain);
        if (awaited.Ratio is { } ratio) Exchange(at - plan.LagMicros, ratio);
        Advance(off with { Value = awaited.Initial ?? off.Value }, rest ?? 0, flags | uncertain, ref listener, counters, 0, doubt);
        var begun = awaited.Initial is { } initial ? _physics.ThroughZero(_line, reading) ?? reading.Value - initial : 0;
        doubt = awaited.Initial is null ? 0 : Uncertain(_line, reading, begun, out uncertain);
        if (reading.Value < _line.Value && begun > 0) uncertain |= WindowFlags.Rollover;
        Advance(reading, begun, flags | uncertain, ref listener, counters, 0, doubt);
        // With the same ratio windows need no cut at a time that is over: what other counters showed then may not be held any more.
        _left = new LeftLine(left, total, 0, reading, (Total - total) / One, doubted, awaited.Ratio is null ? reading.Time : at);
    }

    /// <summary>What may have passed otherwise than was counted, where a register may have gone around once more between two readings.</summary>
    private long Uncertain(in Reading from, in Reading to, long step, out WindowFlags flags)
    {
        var physics = PhysicsAt(from.Time - plan.LagMicros);
        flags = physics.IsAmbiguous(from, to) ? WindowFlags.Ambiguous : WindowFlags.None;
        return flags == WindowFlags.None ? 0 : physics.MoreRounds(from, to, step);
    }

    /// <summary>When the old meter was taken off: as it was said, between its last reading and the new one's first. In a silence of more than a day, for which records over whole minutes stand, another ratio begins with the minute.</summary>
    private long TakenOff(in Replacement awaited, in Reading first)
    {
        var at = awaited.At;
        if (awaited.Ratio is not null && first.Time - _line.Time > GapRecords.LongGap)
        {
            at = UtcMicros.Floor(at - plan.LagMicros, UtcMicros.PerMinute) + plan.LagMicros;
            if (at <= _line.Time) at += UtcMicros.PerMinute;
        }
        return Math.Max(_line.Time + 1, Math.Min(at, first.Time - 1));
    }
}
