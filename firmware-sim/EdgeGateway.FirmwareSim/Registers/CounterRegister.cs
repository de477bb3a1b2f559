namespace EdgeGateway.FirmwareSim.Registers;

/// <summary>Shows a total of the plant in whole steps, from an initial reading, modulo its modulus.</summary>
/// <param name="spec">Its place and scale.</param>
/// <param name="refresh">When it is renewed.</param>
/// <param name="totalUntil">The exact total up to an instant.</param>
/// <param name="step">One step in units of that total.</param>
internal sealed class CounterRegister(RegisterSpec spec, Refresh refresh, Func<long, Int128> totalUntil, Int128 step) : PlantRegister(spec, refresh)
{
    private long _initial = spec.InitialSteps;

    /// <summary>Chooses the initial reading so that the first step after <paramref name="at"/> passes zero.</summary>
    public void RollOver(long at)
    {
        var steps = (long)(totalUntil(at) / step % Spec.Modulus);
        _initial = Spec.Modulus - 1 - steps;
    }

    /// <summary>Chooses the initial reading so that with the first step after <paramref name="at"/> the low word passes zero.</summary>
    public void PassWord(long at)
    {
        var steps = (long)(totalUntil(at) / step);
        _initial += ushort.MaxValue - ((_initial + steps) & ushort.MaxValue);
    }

    /// <summary>Steps shown at <paramref name="now"/>, faults of the value apart.</summary>
    public long StepsAt(long now) => StepsAt(Refresh.Before(now), now);

    /// <summary>Steps come to by <paramref name="now"/>, whether shown yet or not.</summary>
    public long CountedUntil(long now) => StepsAt(now, now);

    private long StepsAt(long renewed, long now)
    {
        var (origin, initial) = Faults.OriginAt(now) is { } begun ? (totalUntil(begun.At), begun.Initial) : ((Int128)0, _initial);
        // Between a reset and the next renewal the total of the renewal lies before the origin: the register already shows its first reading.
        var counted = Int128.Max(0, totalUntil(renewed) - origin) / step;
        return (long)((initial + counted) % Spec.Modulus);
    }

    protected override uint Show(long now)
    {
        var steps = Math.Max(0, StepsAt(now) - Faults.Dip(now));
        return Spec.Type == RegisterType.F32 ? BitConverter.SingleToUInt32Bits((float)(steps * Spec.Resolution)) : (uint)steps;
    }
}
