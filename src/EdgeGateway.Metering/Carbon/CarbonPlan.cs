using System.Buffers;
using System.Collections.Immutable;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Carbon;

/// <summary>The sets that a plant reports by, made ready for windows. Immutable.</summary>
public sealed class CarbonPlan
{
    private const byte Version = 1;
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
        (CoefficientStamp, FactorStamp, FootprintStamp) = (coefficients?.Stamp ?? "", factors is null ? "" : $"{factors.Stamp} {policy.Word()}", footprint?.Stamp ?? "");
        Add(coefficients, [ReferenceUse.CoalEquivalent], policy, startOf);
        Add(factors, [ReferenceUse.Combustion, ReferenceUse.Location, ReferenceUse.Market], policy, startOf);
        Add(footprint, [ReferenceUse.Footprint], policy, startOf);
        Changes = ChangesOf(_steps);
    }

    private CarbonPlan(string coefficients, string factors, string footprint, Dictionary<(ReferenceUse, Carrier, Dimension), ReferenceSteps> steps)
    {
        (CoefficientStamp, FactorStamp, FootprintStamp, _steps) = (coefficients, factors, footprint, steps);
        Changes = ChangesOf(steps);
    }

    /// <summary>How records name the coal equivalents: set and edition; "" where there are none.</summary>
    public string CoefficientStamp { get; }

    /// <summary>How records name the emission factors: set, edition and policy; "" where there are none.</summary>
    public string FactorStamp { get; }

    /// <summary>How records name the footprint's factors; "" where there are none.</summary>
    public string FootprintStamp { get; }

    /// <summary>True where there is no set at all.</summary>
    public bool IsEmpty => !HasCoefficients && !HasFactors && !HasFootprint;

    /// <summary>True where there are coal equivalents.</summary>
    public bool HasCoefficients => CoefficientStamp.Length > 0;

    /// <summary>True where there are emission factors.</summary>
    public bool HasFactors => FactorStamp.Length > 0;

    /// <summary>True where there are footprint factors.</summary>
    public bool HasFootprint => FootprintStamp.Length > 0;

    /// <summary>Times at which a value changes, UTC microseconds, ascending: longer windows are cut there.</summary>
    public ImmutableArray<long> Changes { get; }

    /// <summary>What holds for a carrier counted in <paramref name="dimension"/>; null where nothing does.</summary>
    public ReferenceStep? At(ReferenceUse use, Carrier carrier, Dimension dimension, long time) =>
        _steps.TryGetValue((use, carrier, dimension), out var steps) && steps.At(time) is { Holds: true } step ? step : null;

    /// <summary>Appends the numbers and names, without citations: enough to work figures out by them.</summary>
    public void Save(IBufferWriter<byte> output)
    {
        var w = new ByteWriter(output);
        w.Byte(Version);
        w.Text(CoefficientStamp);
        w.Text(FactorStamp);
        w.Text(FootprintStamp);
        w.Unsigned((ulong)_steps.Count);
        foreach (var ((use, carrier, dimension), steps) in _steps.OrderBy(s => s.Key))
        {
            w.Byte((byte)use);
            w.Byte((byte)carrier);
            w.Byte((byte)dimension);
            steps.Save(w);
        }
    }

    /// <summary>Reads a plan back; null where the bytes are damaged or of another make.</summary>
    public static CarbonPlan? Load(ReadOnlySpan<byte> bytes)
    {
        var r = new ByteReader(bytes);
        if (r.Byte() != Version) return null;
        var (coefficients, factors, footprint) = (r.Text(), r.Text(), r.Text());
        var steps = new Dictionary<(ReferenceUse, Carrier, Dimension), ReferenceSteps>();
        for (var left = r.Count(8); left > 0; left--)
        {
            var key = ((ReferenceUse)r.Byte(), (Carrier)r.Byte(), (Dimension)r.Byte());
            if (ReferenceSteps.Load(ref r) is not { } read || !steps.TryAdd(key, read)) return null;
        }
        return r.AtEnd ? new CarbonPlan(coefficients, factors, footprint, steps) : null;
    }

    private static ImmutableArray<long> ChangesOf(Dictionary<(ReferenceUse, Carrier, Dimension), ReferenceSteps> steps) => [.. steps.Values.SelectMany(s => s.Changes).Distinct().Order()];

    private void Add(ReferenceSet? set, ReferenceUse[] uses, ReferencePolicy policy, Func<DateOnly, long> startOf)
    {
        if (set is null) return;
        foreach (var rows in set.Rows.Where(r => uses.Contains(r.Use) && r.Variant == set.VariantOf(r.Use, r.Carrier)).GroupBy(r => (r.Use, r.Carrier, r.Counted)))
        {
            _steps.Add(rows.Key, ReferenceSteps.Of([.. rows], policy, startOf));
        }
    }
}
