using System.Collections.Immutable;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Carbon;

/// <summary>The sets that a plant reports by, made ready for windows. Immutable.</summary>
public sealed class CarbonPlan
{
    private readonly Dictionary<(ReferenceUse, Carrier, Dimension), ReferenceSteps> _steps = [];

    /// <summary>Makes sets ready.</summary>
    /// <param name="coefficients">Coal equivalents, or null.</param>
    /// <param name="factors">Emission factors of the organisation, or null.</param>
    /// <param name="footprint">The series of product footprints, or null.</param>
    /// <param name="policy">Which year's factor a window takes.</param>
    /// <param name="startOf">UTC microseconds at which a local day begins.</param>
    public CarbonPlan(ReferenceSet? coefficients, ReferenceSet? factors, ReferenceSet? footprint, ReferencePolicy policy, Func<DateOnly, long> startOf)
    {
        ArgumentNullException.ThrowIfNull(startOf);
        (Coefficients, Factors, Footprint, Policy) = (coefficients, factors, footprint, policy);
        Add(coefficients, [ReferenceUse.CoalEquivalent], startOf);
        Add(factors, [ReferenceUse.Combustion, ReferenceUse.Location, ReferenceUse.Market], startOf);
        Add(footprint, [ReferenceUse.Footprint], startOf);
        Changes = [.. _steps.Values.SelectMany(s => s.Changes).Distinct().Order()];
        FactorStamp = factors is null ? "" : $"{factors.Stamp} {policy.Word()}";
    }

    /// <summary>Coal equivalents.</summary>
    public ReferenceSet? Coefficients { get; }

    /// <summary>Emission factors of the organisation.</summary>
    public ReferenceSet? Factors { get; }

    /// <summary>The series of product footprints.</summary>
    public ReferenceSet? Footprint { get; }

    /// <summary>Which year's factor a window takes.</summary>
    public ReferencePolicy Policy { get; }

    /// <summary>Times at which a value changes, UTC microseconds, ascending: longer windows are cut there.</summary>
    public ImmutableArray<long> Changes { get; }

    /// <summary>How records name the factors: set, edition and policy.</summary>
    public string FactorStamp { get; }

    /// <summary>What holds for a carrier counted in <paramref name="dimension"/>; its row is null where nothing does.</summary>
    public ReferenceStep? At(ReferenceUse use, Carrier carrier, Dimension dimension, long time) =>
        _steps.TryGetValue((use, carrier, dimension), out var steps) && steps.At(time) is { Row: not null } step ? step : null;

    private void Add(ReferenceSet? set, ReferenceUse[] uses, Func<DateOnly, long> startOf)
    {
        if (set is null) return;
        foreach (var rows in set.Rows.Where(r => uses.Contains(r.Use) && r.Variant == set.VariantOf(r.Use, r.Carrier)).GroupBy(r => (r.Use, r.Carrier, r.Counted)))
        {
            _steps.Add(rows.Key, ReferenceSteps.Of([.. rows], Policy, startOf));
        }
    }
}
