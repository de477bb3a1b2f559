using System.Collections.Immutable;
using EdgeGateway.Metering.Carbon;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Carbon;

/// <summary>Small sets for tests, in UTC.</summary>
internal static class Sets
{
    public static readonly ReferenceSet Coefficients = Set("coal", [
        Row(ReferenceUse.CoalEquivalent, Carrier.Electricity, "0.1229", "kgce/kWh"),
        Row(ReferenceUse.CoalEquivalent, Carrier.NaturalGas, "1.33", "kgce/m³"),
        Row(ReferenceUse.CoalEquivalent, Carrier.CompressedAir, "0.04", "kgce/m³"),
        Row(ReferenceUse.CoalEquivalent, Carrier.Heat, "0.03412", "kgce/MJ"),
    ]);

    public static readonly ReferenceSet Factors = Set("grid", [
        Row(ReferenceUse.Location, Carrier.Electricity, "0.4403", "kgCO2/kWh", 2022, "2024-12-20", "2025-12-31"),
        Row(ReferenceUse.Location, Carrier.Electricity, "0.4419", "kgCO2/kWh", 2023, "2025-12-31"),
        Row(ReferenceUse.Market, Carrier.Electricity, "0.6096", "kgCO2/kWh", 2023, "2025-12-31"),
        Row(ReferenceUse.Combustion, Carrier.NaturalGas, "2.162", "kgCO2/Nm³"),
        Row(ReferenceUse.Location, Carrier.Heat, "0.11", "tCO2/GJ"),
    ]);

    public static readonly ReferenceSet Footprint = Set("footprint", [Row(ReferenceUse.Footprint, Carrier.Electricity, "0.5777", "kgCO2e/kWh", 2024, "2025-09-28")]);

    public static CarbonPlan Plan(ReferencePolicy policy = ReferencePolicy.LatestPublished) => new(Coefficients, Factors, Footprint, policy, StartOf);

    public static long StartOf(DateOnly day) => day.DayNumber * 86_400_000_000L - new DateOnly(1970, 1, 1).DayNumber * 86_400_000_000L;

    public static ReferenceSet Set(string name, ImmutableArray<ReferenceRow> rows) => new(name, 1, name, rows, ImmutableDictionary<Carrier, string>.Empty);

    public static ReferenceRow Row(ReferenceUse use, Carrier carrier, string value, string unit, int year = 2020, string from = "2021-04-01", string? to = null, bool verified = true)
    {
        Assert.True(ExactDecimal.TryParse(value, out var number));
        Assert.True(UnitQuotient.TryParse(unit, out var quotient));
        return new ReferenceRow
        {
            Set = "test", Use = use, Carrier = carrier, Value = number, Unit = quotient, Source = "test", Document = "test", Year = year, Region = "CN", Verified = verified,
            From = DateOnly.ParseExact(from, "yyyy-MM-dd", null), To = to is null ? null : DateOnly.ParseExact(to, "yyyy-MM-dd", null),
        };
    }
}
