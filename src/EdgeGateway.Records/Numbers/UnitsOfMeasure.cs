namespace EdgeGateway.Records.Numbers;

/// <summary>Symbol, names, dimension and factor of every <see cref="UnitOfMeasure"/>.</summary>
public static class UnitsOfMeasure
{
    private static readonly UnitRow?[] ByNumber = Numbered();
    private static readonly ExactDecimal MegajoulesPerKilowattHour = new(36, -1);

    /// <summary>All symbols, for messages and completion.</summary>
    public static IEnumerable<string> Symbols => UnitRow.All.Where(r => r.Symbol.Length > 0).Select(r => r.Symbol);

    /// <summary>Symbols of the units of one dimension, likewise.</summary>
    public static IEnumerable<string> SymbolsOf(Dimension dimension) => UnitRow.All.Where(r => r.Symbol.Length > 0 && r.Dimension == dimension).Select(r => r.Symbol);

    /// <summary>All symbols and other names that <see cref="TryParse"/> reads, such as <c>千瓦时</c> and <c>m3</c>.</summary>
    public static IEnumerable<string> Words => UnitRow.All.Where(r => r.Symbol.Length > 0).SelectMany(r => r.Names.Prepend(r.Symbol));

    /// <summary>The symbol, such as <c>kWh</c>.</summary>
    public static string Symbol(this UnitOfMeasure unit) => Row(unit).Symbol;

    /// <summary>The symbol and the other names that are read.</summary>
    public static IEnumerable<string> WordsOf(this UnitOfMeasure unit) => Row(unit).Names.Prepend(Row(unit).Symbol);

    /// <summary>What the unit measures.</summary>
    public static Dimension Measures(this UnitOfMeasure unit) => Row(unit).Dimension;

    /// <summary>How many base units of its dimension one such unit is.</summary>
    public static ExactDecimal ToBase(this UnitOfMeasure unit) => Row(unit).ToBase;

    /// <summary>How many base units of <paramref name="dimension"/> one such unit is; null where the one cannot be turned into the other. A kWh is 3.6 MJ; a MJ is no finite decimal of a kWh.</summary>
    public static ExactDecimal? ToBaseOf(this UnitOfMeasure unit, Dimension dimension)
    {
        var row = Row(unit);
        if (row.Dimension == dimension) return row.ToBase;
        return row.Dimension == Dimension.Energy && dimension == Dimension.Heat ? row.ToBase.Multiply(MegajoulesPerKilowattHour) : null;
    }

    /// <summary>The unit that amounts of <paramref name="dimension"/> are stated in.</summary>
    public static UnitOfMeasure BaseUnit(this Dimension dimension)
    {
        foreach (var row in UnitRow.All)
        {
            if (row.Dimension == dimension && row.ToBase == ExactDecimal.One) return row.Unit;
        }
        throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "No such dimension.");
    }

    /// <summary>True where a counter may count it: what passes by adds up. A power, a temperature or a share does not.</summary>
    public static bool AddsUp(this Dimension dimension) => dimension
        is Dimension.Energy or Dimension.Count or Dimension.ReactiveEnergy or Dimension.ApparentEnergy or Dimension.Heat or Dimension.Mass or Dimension.Volume or Dimension.NormalVolume or Dimension.Volume20;

    /// <summary>The unit with this symbol or name; upper and lower case matter (mW is not MW).</summary>
    public static bool TryParse(ReadOnlySpan<char> word, out UnitOfMeasure unit)
    {
        unit = default;
        if (word.IsEmpty) return false;
        foreach (var row in UnitRow.All)
        {
            if (row.Symbol.Length == 0) continue;
            if (word.SequenceEqual(row.Symbol) || IsName(row, word))
            {
                unit = row.Unit;
                return true;
            }
        }
        return false;
    }

    private static bool IsName(UnitRow row, ReadOnlySpan<char> word)
    {
        foreach (var name in row.Names)
        {
            if (word.SequenceEqual(name)) return true;
        }
        return false;
    }

    private static UnitRow Row(UnitOfMeasure unit) => (byte)unit < ByNumber.Length && ByNumber[(byte)unit] is { } row ? row : throw new ArgumentOutOfRangeException(nameof(unit), unit, "No such unit of measure.");

    private static UnitRow?[] Numbered()
    {
        var rows = new UnitRow?[byte.MaxValue + 1];
        foreach (var row in UnitRow.All) rows[(byte)row.Unit] = row;
        return rows;
    }
}
