namespace EdgeGateway.Records.Numbers;

/// <summary>So much of one unit for each of another, such as <c>kgCO2/kWh</c> or <c>GJ/10⁴Nm³</c>: the unit of factors and coefficients.</summary>
/// <param name="Over">What is stated.</param>
/// <param name="Under">For each of which.</param>
public readonly record struct UnitQuotient(UnitOfMeasure Over, UnitOfMeasure Under)
{
    /// <summary>Reads <c>kgce/kWh</c>; the units' other names are read too.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out UnitQuotient quotient)
    {
        quotient = default;
        // Some units hold a stroke themselves: every place is tried.
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '/' || !UnitsOfMeasure.TryParse(text[..at].Trim(), out var over) || !UnitsOfMeasure.TryParse(text[(at + 1)..].Trim(), out var under)) continue;
            quotient = new UnitQuotient(over, under);
            return true;
        }
        return false;
    }

    /// <summary><c>kgCO2/kWh</c>.</summary>
    public override string ToString() => $"{Over.Symbol()}/{Under.Symbol()}";
}
