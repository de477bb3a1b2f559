using EdgeGateway.Metering.Counters;

namespace EdgeGateway.Metering.Windows;

/// <summary>A meter that turns out to count faster than was thought while it was read.</summary>
internal sealed partial class CounterTrack
{
    /// <summary>
    /// Why a ratio that is told of behind the new meter's readings cannot be taken: with more steps a second than was thought the register may have gone around while nobody read it, and nobody said so then. Null where it can.
    /// </summary>
    public string? WhyNotFaster(in Replacement replacement)
    {
        if (replacement.Ratio is not { } ratio || _plan.Modulus is not { } modulus || replacement.At > Line.Line.Time || !Line.Left.IsKnown) return null;
        var (faster, since) = (Line.PhysicsOf(ratio), Line.Left.First.Time - _plan.LagMicros);
        if (faster.StepsPerMicro <= Line.Physics.StepsPerMicro) return null;
        if (Line.Doubt == Line.Left.Doubt && IsReadBefore(since, modulus, faster)) return null;
        return "with this ratio the new meter's register may have gone around once more while it was not read: leave the ratio out, and say it by the word ratio from that time on";
    }

    private bool IsReadBefore(long since, long modulus, RegisterPhysics faster)
    {
        var longest = Math.Max(_point.EffectiveMaxGapMicros, _gaps?.LongestSince(since) ?? 0);
        return faster.Possible(new Reading(0, modulus, 0), new Reading(longest, modulus, UnsureStamp)) < modulus;
    }

    /// <summary>More than a stamp may be off.</summary>
    private const int UnsureStamp = 60_000_000;
}
