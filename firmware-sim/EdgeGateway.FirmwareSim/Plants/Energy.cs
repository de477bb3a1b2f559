namespace EdgeGateway.FirmwareSim.Plants;

/// <summary>An exact amount of energy.</summary>
/// <param name="Nanojoules">Milliwatts times microseconds: an integer, so that sums of parts equal the whole.</param>
public readonly record struct Energy(Int128 Nanojoules) : IComparable<Energy>
{
    private const long PerKilowattHour = 3_600_000_000_000_000;

    /// <summary>Nanojoules in a kilowatt-hour.</summary>
    public static Int128 NanojoulesPerKilowattHour => PerKilowattHour;

    /// <summary>The quotient in kWh, rounded in the 28th digit only.</summary>
    public decimal KilowattHours => (decimal)Nanojoules / PerKilowattHour;

    /// <summary>The energy nearest to <paramref name="kilowattHours"/>; exact for up to 14 decimal places.</summary>
    /// <exception cref="OverflowException">The amount exceeds 2⁹⁶ nanojoules, about 22 TWh.</exception>
    public static Energy FromKilowattHours(decimal kilowattHours) => new((Int128)decimal.Round(kilowattHours * PerKilowattHour, 0, MidpointRounding.ToEven));

    /// <inheritdoc/>
    public int CompareTo(Energy other) => Nanojoules.CompareTo(other.Nanojoules);

    /// <summary>Sum.</summary>
    public static Energy operator +(Energy left, Energy right) => new(left.Nanojoules + right.Nanojoules);

    /// <summary>Difference.</summary>
    public static Energy operator -(Energy left, Energy right) => new(left.Nanojoules - right.Nanojoules);

    /// <summary>Order.</summary>
    public static bool operator <(Energy left, Energy right) => left.Nanojoules < right.Nanojoules;

    /// <summary>Order.</summary>
    public static bool operator >(Energy left, Energy right) => left.Nanojoules > right.Nanojoules;

    /// <summary>Order.</summary>
    public static bool operator <=(Energy left, Energy right) => left.Nanojoules <= right.Nanojoules;

    /// <summary>Order.</summary>
    public static bool operator >=(Energy left, Energy right) => left.Nanojoules >= right.Nanojoules;

    /// <summary>The sum; for languages without operators.</summary>
    public static Energy Add(Energy left, Energy right) => left + right;

    /// <summary>The difference; for languages without operators.</summary>
    public static Energy Subtract(Energy left, Energy right) => left - right;
}
