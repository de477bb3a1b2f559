namespace EdgeGateway.Metering.Windows;

/// <summary>Readings from within a gap that cannot lie on its line.</summary>
internal sealed partial class PastGap
{
    /// <summary>As many as it takes live to believe a reset.</summary>
    private const int Believed = 3;

    /// <summary>
    /// A reading fits on one side only: it is false, or something else has happened than was counted. How often the register went around, none decides then. Where three say so the register was reset within, out of sight: when the energy passed is as open as it was, and some of it is missing.
    /// </summary>
    private bool Contradicted()
    {
        if (_count == GapCount.RoundsOpen) _count = GapCount.Unsure;
        if (++_contradictions < Believed || !IsCounted) return false;
        _line.RemoveRange(1, _line.Count - 2);
        (_count, _changed) = (GapCount.Reset, true);
        return false;
    }
}
