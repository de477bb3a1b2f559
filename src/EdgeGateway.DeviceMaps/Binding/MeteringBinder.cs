using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.DeviceMaps.References;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.DeviceMaps.Binding;

/// <summary>Binds the section <c>metering</c>: every longer window is a multiple of the base window.</summary>
internal static class MeteringBinder
{
    public static MeteringMap Bind(BoundOptions bound, FaultList faults, ReferenceBinder references)
    {
        var values = bound.Values;
        var @base = values.Get(MapOptions.Metering.Base);
        var (longer, calendar) = (new List<WindowKind>(), new List<WindowKind>());
        foreach (var kind in values.Get(MapOptions.Metering.Windows))
        {
            // The base window is always stated, so naming it changes nothing.
            if (kind == @base) continue;
            if (kind.FixedMicros == 0) calendar.Add(kind);
            else if (kind.FixedMicros % @base.FixedMicros == 0) longer.Add(kind);
            else if (bound.Complete) faults.Add(values.MarkOf(MapOptions.Metering.Windows), $"windows: {kind} is not a multiple of the base window {@base}.");
        }
        return new MeteringMap(@base, [.. longer.OrderBy(k => k.FixedMicros)], values.Has(MapOptions.Metering.Lateness) ? values.Get(MapOptions.Metering.Lateness) : null)
        {
            Calendar = [.. calendar.Order()],
            Coefficients = Set(MapOptions.Metering.Coefficients),
            Factors = Set(MapOptions.Metering.Factors),
            Footprint = Set(MapOptions.Metering.Footprint),
            Policy = values.Get(MapOptions.Metering.Policy),
        };

        Metering.Carbon.ReferenceSet? Set(Option<Located.MapTable> option) => values.Has(option) ? references.Bind(values.Get(option)) : null;
    }
}
