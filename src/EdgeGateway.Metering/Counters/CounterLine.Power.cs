namespace EdgeGateway.Metering.Counters;

/// <summary>How often a register has gone around, where its power was measured meanwhile.</summary>
internal sealed partial class CounterLine
{
    private const double LeastCoverage = 0.95;
    private PowerMark _power;

    /// <summary>The gauge of its power, or null.</summary>
    public IPowerIntegral? Power { get; set; }

    /// <summary>The count of wraps that the integrated power says, where nearly all of the time was observed and it leaves no doubt: within a quarter of the modulus of one count, and that count possible.</summary>
    private bool SettledByPower(in Reading reading, ref long step)
    {
        if (Power is not { } power || plan.Modulus is not { } modulus || reading.Time <= _line.Time) return false;
        var mark = power.Mark;
        if (mark.Covered - _power.Covered < LeastCoverage * (reading.Time - _line.Time)) return false;
        var worth = _worth.ToDouble() * MeterShare;
        if (worth <= 0) return false;
        var steps = (mark.Integral - _power.Integral) * power.KilowattHours / worth;
        var wraps = Math.Round((steps - step) / modulus);
        var counted = step + wraps * modulus;
        if (wraps < 0 || counted > _physics.Possible(_line, reading) || Math.Abs(steps - counted) > modulus / 4.0) return false;
        step = (long)counted;
        return true;
    }
}
