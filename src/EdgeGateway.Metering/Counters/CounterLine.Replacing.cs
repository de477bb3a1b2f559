using EdgeGateway.Records.Events;
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
            return null;
        }
        if (!_left.IsKnown || replacement.At < _left.Line.Time - RetractMicros || replacement.At > _left.First.Time + RetractMicros)
        {
            return "its register was not seen to be reset within a day of that time: say the time at which the new meter was read first";
        }
        if (Rest(_left.Line, replacement.Final ?? _left.Line.Value, Math.Max(replacement.At, _left.Line.Time)) is not { } rest) return $"from {_left.Line.Value} steps, read last, the old meter cannot have come to {replacement.Final}";
        var begun = replacement.Initial is { } initial ? _left.First.Value - initial : 0;
        if (begun < 0 || rest + begun > _physics.Possible(_left.Line, _left.First)) return $"from {replacement.Initial} steps the new meter cannot have come to {_left.First.Value}, read first, in that time";
        steps = rest + begun - _left.Counted;
        // A word that corrects an earlier one speaks of the same new meter.
        if (_left.Until != 0) Replaced++;
        _left = _left with { Until = 0, Counted = rest + begun };
        Total = checked(Total + steps * One);
        return null;
    }

    /// <summary>What the old meter counted after its last reading, where that is possible.</summary>
    private long? Rest(in Reading last, long final, long at)
    {
        var end = new Reading(at, final, 0);
        if (final == last.Value || _physics.IsHeld(last, end)) return 0;
        return _physics.IsForward(last, end) ? final - last.Value : _physics.ThroughZero(last, end);
    }

    /// <summary>From the time said on, a reading is of the new meter if it can have come there from its first value; where that is not known, if it is not on the old line.</summary>
    private bool IsOfNewMeter(in Reading reading)
    {
        if (_awaited is not { } awaited || reading.Time <= awaited.At) return false;
        return awaited.Initial is { } initial ? _physics.IsForward(new Reading(awaited.At, initial, 0), reading) : !FollowsLine(reading, out _, out _, out _);
    }

    private void BeginNewMeter<TListener>(in Reading reading, ref TListener listener, MeteringCounters counters) where TListener : struct, ILineListener, allows ref struct
    {
        var (awaited, left, total, doubt) = (_awaited!.Value, _line, Total, Doubt);
        listener.Happened(EventKind.MeterReplaced, _line, reading);
        Suspects.Clear();
        _awaited = null;
        Replaced++;
        var flags = awaited.IsWhole ? WindowFlags.None : WindowFlags.Missing;
        if (awaited.Final is { } final && Rest(_line, final, awaited.At) is { } rest && awaited.At > _line.Time) Advance(new Reading(awaited.At, final, 0), rest, flags, ref listener, counters);
        Advance(reading, awaited.Initial is { } initial ? reading.Value - initial : 0, flags, ref listener, counters);
        _left = new LeftLine(left, total, 0, reading, (Total - total) / One, doubt);
    }
}
