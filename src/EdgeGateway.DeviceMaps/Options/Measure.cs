using System.Buffers;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.DeviceMaps.Options;

/// <summary>A number and its unit, such as <c>75 kW</c>.</summary>
/// <param name="Value">The number.</param>
/// <param name="Unit">Its unit; <see cref="UnitOfMeasure.None"/> for a bare number where one is allowed.</param>
public readonly record struct Measure(ExactDecimal Value, UnitOfMeasure Unit)
{
    private static readonly SearchValues<char> NumberChars = SearchValues.Create("0123456789.+-");

    /// <summary>In base units of its dimension (kWh, kW, piece); for ratings and bounds.</summary>
    public double InBaseUnits => Value.ToDouble() * Unit.ToBase().ToDouble();

    /// <summary>Reads <c>75 kW</c> or <c>0.5MW</c>.</summary>
    /// <returns>What is wrong, or null where <paramref name="measure"/> was read.</returns>
    public static string? TryParse(string text, Dimension dimension, out Measure measure)
    {
        measure = default;
        var example = $"write a number and its unit, such as {Example(dimension)}";
        var cut = text.AsSpan().IndexOfAnyExcept(NumberChars);
        if (cut < 0) cut = text.Length;
        if (!ExactDecimal.TryParse(text.AsSpan(0, cut), out var value)) return $"'{text}' is not a measure: {example}.";
        var symbol = text[cut..].Trim();
        if (symbol.Length == 0) return $"'{text}' has no unit: {example}.";
        if (!UnitsOfMeasure.TryParse(symbol, out var unit)) return $"'{text}' has the unknown unit '{symbol}'{Spelling.Ending(symbol, UnitsOfMeasure.SymbolsOf(dimension))}";
        if (unit.Measures() != dimension) return $"'{text}' is {Word(unit.Measures())}, not {Word(dimension)}: {example}.";
        measure = new Measure(value, unit);
        return null;
    }

    /// <summary><c>75 kW</c>.</summary>
    public override string ToString() => Unit == UnitOfMeasure.None ? Value.ToString() : $"{Value} {Unit.Symbol()}";

    /// <summary>The dimension in plain words.</summary>
    internal static string Word(Dimension dimension) => dimension switch
    {
        Dimension.None => "a bare number",
        Dimension.Energy => "an energy",
        Dimension.Power => "a power",
        Dimension.Count => "a count",
        Dimension.Voltage => "a voltage",
        Dimension.Current => "a current",
        Dimension.Frequency => "a frequency",
        Dimension.Percentage => "a percentage",
        Dimension.Temperature => "a temperature",
        Dimension.Pressure => "a pressure",
        Dimension.ReactivePower => "a reactive power",
        Dimension.ApparentPower => "an apparent power",
        Dimension.Rotation => "a rate of rotation",
        Dimension.ReactiveEnergy => "a reactive energy",
        Dimension.ApparentEnergy => "an apparent energy",
        Dimension.Heat => "a heat",
        Dimension.Enthalpy => "an enthalpy",
        Dimension.Mass => "a mass",
        Dimension.MassFlow => "a mass flow",
        Dimension.Volume => "a volume as it flows",
        Dimension.NormalVolume => "a volume at 0 °C",
        Dimension.Volume20 => "a volume at 20 °C",
        Dimension.VolumeFlow => "a volume flow",
        Dimension.NormalVolumeFlow => "a flow of normal volume",
        Dimension.CoalEquivalent => "a coal equivalent",
        Dimension.CarbonDioxide => "an amount of carbon dioxide",
        Dimension.CarbonDioxideEquivalent => "an amount of greenhouse gases",
        Dimension.Carbon => "an amount of carbon",
        Dimension.Money => "an amount of money",
        _ => "something else",
    };

    private static string Example(Dimension dimension) => dimension switch
    {
        Dimension.Energy => "1200 kWh",
        Dimension.Power => "75 kW",
        Dimension.Count => "100 piece",
        Dimension.Voltage => "400 V",
        Dimension.Current => "5 A",
        Dimension.Frequency => "50 Hz",
        Dimension.Percentage => "80 %",
        Dimension.Temperature => "25 °C",
        Dimension.Pressure => "7 bar",
        Dimension.ReactivePower => "10 kvar",
        Dimension.ApparentPower => "100 kVA",
        Dimension.None => "10",
        _ => "10 " + dimension.BaseUnit().Symbol(),
    };
}
