using EdgeGateway.FirmwareSim.Plants;

namespace EdgeGateway.FirmwareSim.Registers;

/// <summary>Shows the mean power over the last update, in watts.</summary>
internal sealed class PowerRegister(RegisterSpec spec, Refresh refresh, Func<long, Int128> energyUntil) : PlantRegister(spec, refresh)
{
    protected override uint Show(long now)
    {
        var renewed = Refresh.Before(now);
        var milliwatts = (double)(energyUntil(renewed) - energyUntil(renewed - Refresh.Period)) / Refresh.Period;
        return BitConverter.SingleToUInt32Bits((float)(milliwatts / 1000));
    }
}

/// <summary>Shows a voltage that wanders a little around 230 V; nothing is computed from it.</summary>
internal sealed class VoltageRegister(RegisterSpec spec, Refresh refresh, ulong seed) : PlantRegister(spec, refresh)
{
    protected override uint Show(long now)
    {
        var decivolts = 2285 + (uint)(SeededRandom.Mix(seed ^ (ulong)Refresh.Before(now)) % 30);
        return Spec.Type == RegisterType.F32 ? BitConverter.SingleToUInt32Bits((float)(decivolts * 0.1m)) : decivolts;
    }
}

/// <summary>Shows the state of a line.</summary>
internal sealed class StateRegister(RegisterSpec spec, Refresh refresh, Func<long, LineState> stateAt) : PlantRegister(spec, refresh)
{
    protected override uint Show(long now) => (uint)stateAt(Refresh.Before(now));
}
