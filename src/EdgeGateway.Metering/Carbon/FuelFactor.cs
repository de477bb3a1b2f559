using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Metering.Carbon;

/// <summary>Carbon dioxide of a fuel by the guides' formula: calorific value × carbon content × oxidation × 44/12.</summary>
/// <param name="Ncv">Net calorific value.</param>
/// <param name="NcvUnit">Heat for an amount of the fuel, such as GJ/t.</param>
/// <param name="CarbonContent">tC/GJ.</param>
/// <param name="Oxidation">%.</param>
public sealed record FuelFactor(ExactDecimal Ncv, UnitQuotient NcvUnit, ExactDecimal CarbonContent, ExactDecimal Oxidation)
{
    private const int Places = 9;

    /// <summary>The formula with its numbers.</summary>
    public string Derivation => $"{Ncv} {NcvUnit} × {CarbonContent} tC/GJ × {Oxidation} % × 44/12";

    /// <summary>The factor in <paramref name="unit"/> (carbon dioxide for the same amount of fuel), rounded half to even to nine places.</summary>
    /// <exception cref="OverflowException">It is out of range.</exception>
    public ExactDecimal In(UnitQuotient unit)
    {
        // t CO2 for a base unit of the fuel, times 300: GJ × tC/GJ × % × 11.
        var heat = Ncv.Multiply(NcvUnit.Over.ToBase()).Multiply(new ExactDecimal(1, -3));
        var carbon = heat.Multiply(CarbonContent).Multiply(Oxidation).Multiply(new ExactDecimal(11, 0));
        var kilograms = carbon.Multiply(new ExactDecimal(1, 3)).Multiply(unit.Under.ToBase());
        return Quotient.Of(kilograms, new ExactDecimal(300, 0).Multiply(NcvUnit.Under.ToBase()).Multiply(unit.Over.ToBase()), Places);
    }
}
