namespace EdgeGateway.Records.Numbers;

/// <summary>Unit of measure of a point. Numbers are durable.</summary>
/// <remarks>m³, Nm³ and m³(20 °C) are distinct dimensions, and so get distinct units when gas comes.</remarks>
public enum UnitOfMeasure : byte
{
    /// <summary>A bare number.</summary>
    None = 0,

    /// <summary>kilowatt hour.</summary>
    KilowattHour = 1,

    /// <summary>watt hour.</summary>
    WattHour = 2,

    /// <summary>megawatt hour.</summary>
    MegawattHour = 3,

    /// <summary>watt.</summary>
    Watt = 10,

    /// <summary>kilowatt.</summary>
    Kilowatt = 11,

    /// <summary>megawatt.</summary>
    Megawatt = 12,

    /// <summary>piece.</summary>
    Piece = 20,

    /// <summary>volt.</summary>
    Volt = 30,

    /// <summary>kilovolt.</summary>
    Kilovolt = 31,

    /// <summary>ampere.</summary>
    Ampere = 32,

    /// <summary>milliampere.</summary>
    Milliampere = 33,

    /// <summary>hertz.</summary>
    Hertz = 34,

    /// <summary>percent.</summary>
    Percent = 35,

    /// <summary>degree Celsius.</summary>
    DegreeCelsius = 36,

    /// <summary>bar.</summary>
    Bar = 37,

    /// <summary>var.</summary>
    Var = 38,

    /// <summary>kilovar.</summary>
    Kilovar = 39,

    /// <summary>volt ampere.</summary>
    VoltAmpere = 40,

    /// <summary>kilovolt ampere.</summary>
    KilovoltAmpere = 41,
}

/// <summary>What a unit measures; amounts of one dimension can be added.</summary>
public enum Dimension : byte
{
    /// <summary>A bare number.</summary>
    None = 0,

    /// <summary>Energy; base unit kWh.</summary>
    Energy = 1,

    /// <summary>Active power; base unit kW.</summary>
    Power = 2,

    /// <summary>Pieces.</summary>
    Count = 3,

    /// <summary>Voltage; base unit V.</summary>
    Voltage = 4,

    /// <summary>Current; base unit A.</summary>
    Current = 5,

    /// <summary>Frequency; base unit Hz.</summary>
    Frequency = 6,

    /// <summary>Percentage.</summary>
    Percentage = 7,

    /// <summary>Temperature; base unit °C.</summary>
    Temperature = 8,

    /// <summary>Pressure; base unit bar.</summary>
    Pressure = 9,

    /// <summary>Reactive power; base unit kvar.</summary>
    ReactivePower = 10,

    /// <summary>Apparent power; base unit kVA.</summary>
    ApparentPower = 11,
}

/// <summary>Symbol, dimension and factor of every <see cref="UnitOfMeasure"/>.</summary>
public static class UnitsOfMeasure
{
    private static readonly (UnitOfMeasure Unit, string Symbol, Dimension Dimension, ExactDecimal ToBase)[] Rows =
    [
        (UnitOfMeasure.None, "", Dimension.None, ExactDecimal.One),
        (UnitOfMeasure.KilowattHour, "kWh", Dimension.Energy, ExactDecimal.One),
        (UnitOfMeasure.WattHour, "Wh", Dimension.Energy, new(1, -3)),
        (UnitOfMeasure.MegawattHour, "MWh", Dimension.Energy, new(1, 3)),
        (UnitOfMeasure.Watt, "W", Dimension.Power, new(1, -3)),
        (UnitOfMeasure.Kilowatt, "kW", Dimension.Power, ExactDecimal.One),
        (UnitOfMeasure.Megawatt, "MW", Dimension.Power, new(1, 3)),
        (UnitOfMeasure.Piece, "piece", Dimension.Count, ExactDecimal.One),
        (UnitOfMeasure.Volt, "V", Dimension.Voltage, ExactDecimal.One),
        (UnitOfMeasure.Kilovolt, "kV", Dimension.Voltage, new(1, 3)),
        (UnitOfMeasure.Ampere, "A", Dimension.Current, ExactDecimal.One),
        (UnitOfMeasure.Milliampere, "mA", Dimension.Current, new(1, -3)),
        (UnitOfMeasure.Hertz, "Hz", Dimension.Frequency, ExactDecimal.One),
        (UnitOfMeasure.Percent, "%", Dimension.Percentage, ExactDecimal.One),
        (UnitOfMeasure.DegreeCelsius, "°C", Dimension.Temperature, ExactDecimal.One),
        (UnitOfMeasure.Bar, "bar", Dimension.Pressure, ExactDecimal.One),
        (UnitOfMeasure.Var, "var", Dimension.ReactivePower, new(1, -3)),
        (UnitOfMeasure.Kilovar, "kvar", Dimension.ReactivePower, ExactDecimal.One),
        (UnitOfMeasure.VoltAmpere, "VA", Dimension.ApparentPower, new(1, -3)),
        (UnitOfMeasure.KilovoltAmpere, "kVA", Dimension.ApparentPower, ExactDecimal.One),
    ];

    /// <summary>All symbols, for messages and completion.</summary>
    public static IEnumerable<string> Symbols => Rows.Where(r => r.Symbol.Length > 0).Select(r => r.Symbol);

    /// <summary>The symbol, such as <c>kWh</c>.</summary>
    public static string Symbol(this UnitOfMeasure unit) => Row(unit).Symbol;

    /// <summary>What the unit measures.</summary>
    public static Dimension Measures(this UnitOfMeasure unit) => Row(unit).Dimension;

    /// <summary>How many base units of its dimension one such unit is.</summary>
    public static ExactDecimal ToBase(this UnitOfMeasure unit) => Row(unit).ToBase;

    /// <summary>The unit with this symbol; upper and lower case matter (mW is not MW).</summary>
    public static bool TryParse(ReadOnlySpan<char> symbol, out UnitOfMeasure unit)
    {
        foreach (var row in Rows)
        {
            if (row.Symbol.Length == 0 || !symbol.SequenceEqual(row.Symbol)) continue;
            unit = row.Unit;
            return true;
        }
        unit = default;
        return false;
    }

    private static (UnitOfMeasure Unit, string Symbol, Dimension Dimension, ExactDecimal ToBase) Row(UnitOfMeasure unit)
    {
        foreach (var row in Rows)
        {
            if (row.Unit == unit) return row;
        }
        throw new ArgumentOutOfRangeException(nameof(unit), unit, "No such unit of measure.");
    }
}
