using EdgeGateway.Metering.Rejoining;

namespace EdgeGateway.Metering.Counters;

/// <summary>A line whose past is known of from records only.</summary>
internal sealed partial class CounterLine
{
    /// <summary>Goes on where records say that it stood; before its first sample.</summary>
    public void Rejoin(in LineBegin begin)
    {
        (Total, Replaced) = (begin.Total, begin.Replaced);
        if (begin.Ratio is { } ratio) Correct(long.MinValue + 1, ratio);
        if (begin.HeldAt is not { } at) return;
        // Nothing says which register stands for this total: the next value begins the line anew, and what lies between is missing.
        (Begun, Rebased, _line) = (true, true, new Reading(at, 0, 0));
    }
}
