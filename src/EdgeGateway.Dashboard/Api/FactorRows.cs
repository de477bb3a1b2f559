using System.Globalization;
using EdgeGateway.Metering.Carbon;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Dashboard.Api;

/// <summary>The rows of coefficients and factors behind a span's coal equivalent and carbon, with who says so.</summary>
internal static class FactorRows
{
    public const string Coefficients = "coefficients", Factors = "factors", Footprint = "footprint";

    /// <summary>Each set that the span's records name. Where it is the one in force, its rows for what was used, at any time of the span; a restated record may name another.</summary>
    public static IReadOnlyList<SetAnswer> Of(SpanSum sum, CarbonPlan? plan) => [.. sum.Sets.Select(s =>
    {
        var (stamp, uses) = s.Kind switch
        {
            Coefficients => (plan?.CoefficientStamp, new[] { ReferenceUse.CoalEquivalent }),
            Factors => (plan?.FactorStamp, [ReferenceUse.Combustion, ReferenceUse.Location, ReferenceUse.Market]),
            _ => (plan?.FootprintStamp, [ReferenceUse.Footprint]),
        };
        var inForce = plan is not null && stamp == s.Stamp;
        return new SetAnswer(s.Kind, s.Stamp, inForce, inForce ? [.. Rows(sum, plan!, uses).Distinct().Select(Answer)] : []);
    })];

    private static IEnumerable<ReferenceRow> Rows(SpanSum sum, CarbonPlan plan, ReferenceUse[] uses) =>
        from time in plan.Changes.Where(c => c > sum.From && c < sum.To).Prepend(sum.From)
        from chain in sum.Chains
        where chain.First.Carrier != Carrier.None
        from use in uses
        let row = plan.At(use, chain.First.Carrier, chain.Dimension, time)?.Row
        where row is not null
        select row;

    private static FactorAnswer Answer(ReferenceRow row) => new(row.Use.Word(), row.Carrier.Word(), row.Value.ToString(), row.Unit.ToString(), row.Region, row.Year,
        row.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), row.Verified, row.Derivation, row.Document, row.Source);
}
