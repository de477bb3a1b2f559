using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Windows;

/// <summary>Cuts a register's line at a time between two accepted totals: T(b), and how far it may be off. By the meter that was there.</summary>
internal sealed class Cutting(CounterPlan plan, CounterLine line)
{
    private const double Safety = 2;

    /// <summary>T at <paramref name="time"/>.</summary>
    public long Total(in Anchor from, in Anchor to, long time)
    {
        if (time == to.Time) return to.Total;
        if (plan.Pieces) return from.Total;
        var product = (Int128)(to.Total - from.Total) * (time - from.Time);
        var (quotient, rest) = Int128.DivRem(product, to.Time - from.Time);
        return from.Total + (long)(rest < 0 ? quotient - 1 : quotient);
    }

    /// <summary>
    /// Greatest error of T, beside the register's own step: ¼ (Pmax − Pmin) Δt, with unknown powers as 0 … 1.2 × rated, or what the stretch can hold if that is less,
    /// Pmax (u + s) for when the value was true, and how far the register stood below a line that was held.
    /// </summary>
    public long Bound(in Anchor from, in Anchor to, long time, WindowFlags flags)
    {
        if ((flags & (WindowFlags.Missing | WindowFlags.ZeroedByShift)) != 0 && time < to.Time) return long.MaxValue;
        var rate = line.StepsPerMicro(from.Time, to.Time);
        if (time == to.Time) return ToBound(to.Depth + rate * (plan.UpdateMicros + to.Spread));
        var delta = (double)to.Time - from.Time;
        var moved = Math.Abs((to.Total - from.Total) / (double)CounterLine.One);
        double split;
        if (plan.Pieces) split = Math.Min(moved, rate * delta);
        else
        {
            split = 0.25 * rate * delta * (plan.NetCount ? 2 : 1);
            var share = (time - from.Time) / delta;
            if (!plan.NetCount) split = Math.Min(split, Math.Max(share, 1 - share) * (moved + line.Physics.Step(to.Value)));
        }
        return ToBound(Math.Max(from.Depth, to.Depth) + split + rate * (plan.UpdateMicros + Math.Max(from.Spread, to.Spread)));
    }

    /// <summary>What may have passed otherwise than was counted, at a time between two accepted totals.</summary>
    public static Doubt DoubtAt(in Anchor from, in Anchor to, long time) => new(time >= to.Time ? to.Doubt : from.Doubt, time > from.Time ? to.Doubt : from.Doubt);

    /// <summary>The greatest error that an amount can have of which no more than is possible has passed: where more than one count is possible, a part of the stretch bears no more.</summary>
    public long MostError(long counted, long from, long to)
    {
        var possible = ToBound(line.StepsPerMicro(from, to) * (to - from) + 1);
        if (possible == long.MaxValue) return long.MaxValue;
        return plan.NetCount ? Math.Abs(counted) + possible : Math.Max(counted, possible - counted);
    }

    /// <summary>The error where only a stamp is uncertain.</summary>
    public long StampBound(int spread) => ToBound(line.Physics.StepsPerMicro * (plan.UpdateMicros + spread));

    /// <summary>The error of a total held from <paramref name="last"/> on: as much as is possible may have passed since.</summary>
    public long HeldBound(in Anchor last, long time) => ToBound(last.Depth + RateAt(last.Time) * (time - last.Time + plan.UpdateMicros + last.Spread));

    /// <summary>The greatest error of an edge between two times with samples on both sides within a gap; of the samples only one that is near is known.</summary>
    public long ExactBound(long gap, in Anchor near, long from, long to) => ToBound(near.Depth + line.StepsPerMicro(from, to) * (1.5 * gap + plan.UpdateMicros + near.Spread));

    /// <summary>The error before the first accepted sample.</summary>
    public long UnseenBound(in Anchor first, long time) => ToBound(RateAt(first.Time) * (first.Time - time + plan.UpdateMicros + first.Spread));

    private double RateAt(long time) => line.PhysicsAt(time).StepsPerMicro;

    /// <summary>Steps to 1/65 536, rounded up, with two parts for the rounding of T itself.</summary>
    private static long ToBound(double steps)
    {
        var parts = Math.Ceiling(steps * CounterLine.One) + Safety;
        return parts >= long.MaxValue / 4 ? long.MaxValue : (long)parts;
    }
}
