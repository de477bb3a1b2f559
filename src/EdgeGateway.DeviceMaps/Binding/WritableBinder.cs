using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;
using P = EdgeGateway.DeviceMaps.Options.MapOptions.Point;
using W = EdgeGateway.DeviceMaps.Options.MapOptions.Writable;

namespace EdgeGateway.DeviceMaps.Binding;

/// <summary>Binds the limits of a writable point: a number without limits is never written, nor is anything that is metered.</summary>
internal sealed class WritableBinder(OptionBinder binder, FaultList faults)
{
    /// <summary>The limits, or null where the point is only read; clears <paramref name="ok"/> where something is wrong.</summary>
    public WriteLimits? Bind(string thing, OptionValues point, PointKind kind, ImmutableSortedDictionary<long, MachineState> states, ref bool ok)
    {
        if (!point.Has(P.Writable)) return null;
        var mark = point.MarkOf(P.Writable);
        var bound = binder.Bind($"writable of {thing}", mark, point.Get(P.Writable), W.Table);
        var values = bound.Values;
        ok &= bound.Ok;
        if (kind is PointKind.Counter or PointKind.Text)
        {
            faults.Add(mark, "writable: only gauges and states may be written: a counter is metered, and a text has no limits.");
            ok = false;
            return null;
        }
        if (!bound.Ok) return null;
        if (kind == PointKind.State)
        {
            if (states.IsEmpty) return null;
            foreach (var limit in new[] { W.Min, W.Max }.Where(values.Has))
            {
                faults.Add(values.MarkOf(limit), $"{limit.Key}: a state may be given the raw values of its map, and no other limits.");
                ok = false;
            }
            return new WriteLimits(new ExactDecimal(states.Keys.First(), 0), new ExactDecimal(states.Keys.Last(), 0), values.Get(W.Every));
        }
        if (!values.Has(W.Min) || !values.Has(W.Max))
        {
            faults.Add(mark, $"writable: {thing} needs both min and max: a number without limits is never written.");
            ok = false;
            return null;
        }
        var limits = new WriteLimits(values.Get(W.Min), values.Get(W.Max), values.Get(W.Every));
        if (limits.Min.ToDouble() <= limits.Max.ToDouble()) return limits;
        faults.Add(values.MarkOf(W.Max), $"max: {limits.Max} is below min: {limits.Min}.");
        ok = false;
        return null;
    }
}
