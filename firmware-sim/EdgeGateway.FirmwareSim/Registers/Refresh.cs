namespace EdgeGateway.FirmwareSim.Registers;

/// <summary>The grid on which a device renews its registers.</summary>
/// <param name="Start">An instant of the grid: devices are out of step with each other and with whole seconds, as real ones are.</param>
/// <param name="Period">Microseconds.</param>
internal readonly record struct Refresh(long Start, long Period)
{
    /// <summary>Renewals since the start of the grid.</summary>
    public long Count(long now) => (Before(now) - Start) / Period;

    /// <summary>The last renewal at or before <paramref name="now"/>.</summary>
    public long Before(long now)
    {
        var rest = (now - Start) % Period;
        return rest < 0 ? now - rest - Period : now - rest;
    }
}
