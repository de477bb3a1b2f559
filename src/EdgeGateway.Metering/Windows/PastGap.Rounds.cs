using EdgeGateway.Metering.Counters;

namespace EdgeGateway.Metering.Windows;

/// <summary>How often a register has gone around in a gap, as readings from within it say.</summary>
internal sealed partial class PastGap
{
    // What it says since it was told last: its end and all behind it are lifted by whoever is told.
    private bool _settled;
    private long _shift, _doubtShift;

    /// <summary>Where no reading is needed to know that the register cannot have gone around between its two neighbours, the steps from one to the next are what was counted, and no single false reading decides.</summary>
    private bool Settle(RegisterPhysics physics)
    {
        for (var i = 2; i < _line.Count; i++)
        {
            var (from, between, to) = (ReadingOf(_line[i - 2]), ReadingOf(_line[i - 1]), ReadingOf(_line[i]));
            if (physics.IsAmbiguous(from, to) || Step(from, to, physics) is not { } step || Step(from, between, physics) + Step(between, to, physics) != step) return false;
        }
        var total = From.Total;
        for (var i = 1; i < _line.Count; i++)
        {
            total += Step(ReadingOf(_line[i - 1]), ReadingOf(_line[i]), physics)!.Value * CounterLine.One;
            if (i < _line.Count - 1) _line[i] = _line[i] with { Total = total, Doubt = From.Doubt };
        }
        (_count, _settled, _shift, _doubtShift) = (GapCount.Certain, true, total - To.Total, From.Doubt - To.Doubt);
        return true;
    }
}
