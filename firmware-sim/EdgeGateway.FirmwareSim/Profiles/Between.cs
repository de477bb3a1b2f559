namespace EdgeGateway.FirmwareSim.Profiles;

/// <summary>A closed range from which the plant draws.</summary>
/// <param name="Low">Least value.</param>
/// <param name="High">Greatest value, not below <paramref name="Low"/>.</param>
public readonly record struct Between(long Low, long High)
{
    /// <summary>A range of times, in microseconds.</summary>
    /// <param name="low">Seconds.</param>
    /// <param name="high">Seconds.</param>
    public static Between Seconds(double low, double high) => new((long)(low * 1e6), (long)(high * 1e6));

    /// <summary>A range of powers, in milliwatts.</summary>
    /// <param name="low">Kilowatts.</param>
    /// <param name="high">Kilowatts.</param>
    public static Between Kilowatts(double low, double high) => new((long)(low * 1e6), (long)(high * 1e6));
}
