using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;
using U = EdgeGateway.DeviceMaps.Options.MapOptions.Unit;

namespace EdgeGateway.DeviceMaps.Binding;

/// <summary>Binds the section <c>units</c> and checks what its points are.</summary>
internal sealed class UnitBinder(OptionBinder binder, IReadOnlyDictionary<string, PointMap?> points, IReadOnlySet<string> unreadable, IReadOnlySet<string> products, FaultList faults)
{
    /// <summary>The units, in the order of the map; meaningless where a fault was added.</summary>
    public ImmutableArray<UnitMap> Bind(MapTable section)
    {
        var units = new List<UnitMap>();
        var tree = new UnitTree(section, faults);
        foreach (var (name, node) in section.Entries)
        {
            binder.NameIsRight("unit", name);
            var thing = $"unit '{name.Value}'";
            if (binder.Table(thing, node) is not { } table) continue;
            var values = binder.Bind(thing, name.Mark, table, U.Table).Values;
            if (values.Has(U.Parent)) tree.Hang(name.Value, values.Get(U.Parent), values.MarkOf(U.Parent));
            units.Add(Bind(name, thing, values, tree));
        }
        tree.Check();
        return [.. units];
    }

    private UnitMap Bind(MapText name, string thing, OptionValues values, UnitTree tree)
    {
        var inputs = ImmutableArray.CreateBuilder<UnitInputMap>();
        foreach (var (option, carrier) in U.Carriers)
        {
            foreach (var (reference, role, sign) in values.GetOr(option, []))
            {
                var what = carrier == Carrier.Electricity ? "a counter of energy" : $"a counter of {carrier.Word().Replace('_', ' ')}";
                if (!Find(reference, option.Key, what, p => p.Kind == PointKind.Counter && carrier.MayBeCountedIn(p.Unit))) continue;
                inputs.Add(new UnitInputMap(reference.Path, role, carrier, sign));
                tree.Meter(name.Value, option.Key, reference);
            }
        }
        var output = values.Has(U.Output) ? BindOutput(thing, values, inputs) : new OutputMap();
        foreach (var twice in inputs.GroupBy(i => i.Point).Where(g => g.Count() > 1))
        {
            faults.Add(name.Mark, $"{thing} counts '{twice.Key}' more than once: keep one.");
        }
        if (values.Has(U.State)) Find(values.Get(U.State), "state", "a point of kind state", p => p.Kind == PointKind.State);
        if (values.Has(U.Batch)) Find(values.Get(U.Batch), "batch", "a point of kind text or state", IsCode);
        var gauges = values.GetOr(U.Gauges, []).Where(g => Find(g, "gauges", "a point of kind gauge", p => p.Kind == PointKind.Gauge)).Select(g => g.Path).ToList();
        if (gauges.Distinct().Count() < gauges.Count) faults.Add(values.MarkOf(U.Gauges), "gauges: a point is listed twice: keep one.");
        return new UnitMap
        {
            Name = name.Value,
            Parent = values.Has(U.Parent) ? values.Get(U.Parent) : null,
            Inputs = inputs.ToImmutable(),
            State = values.Has(U.State) ? values.Get(U.State).Path : null,
            Gauges = [.. gauges],
            Output = output,
            ValueAdded = values.GetOr(U.ValueAdded, []),
            Batch = values.Has(U.Batch) ? values.Get(U.Batch).Path : null,
            BatchMax = values.Get(U.BatchMax),
            Was = values.Has(U.Was) ? values.Get(U.Was) : null,
            Targets = values.Has(U.Target) ? BindTargets(thing, values) : ImmutableSortedDictionary<string, ExactDecimal>.Empty,
            MinPieces = (int)values.Get(U.MinPieces),
            Mark = name.Mark,
        };
    }

    private OutputMap BindOutput(string thing, OptionValues values, ImmutableArray<UnitInputMap>.Builder inputs)
    {
        var output = binder.Bind($"output of {thing}", values.MarkOf(U.Output), values.Get(U.Output), MapOptions.Output.Table).Values;
        foreach (var (option, role) in new[] { (MapOptions.Output.Good, InputRole.Good), (MapOptions.Output.Scrap, InputRole.Scrap) })
        {
            if (!output.Has(option)) continue;
            var reference = output.Get(option);
            if (Find(reference, option.Key, "a counter of pieces", p => p.Kind == PointKind.Counter && p.Unit.Measures() == Dimension.Count))
            {
                inputs.Add(new UnitInputMap(reference.Path, role, Carrier.None, 1));
            }
        }
        var item = output.Get(MapOptions.Output.Item);
        if (!output.Has(MapOptions.Output.Product)) return new OutputMap { Item = item };
        var (product, mark) = (output.Get(MapOptions.Output.Product), output.MarkOf(MapOptions.Output.Product));
        if (product.Contains('.', StringComparison.Ordinal))
        {
            Find(new PointReference(product, mark), "product", "a point of kind text or state", IsCode);
            return new OutputMap { Item = item, ProductPoint = product };
        }
        if (!products.Contains(product)) faults.Add(mark, $"product: there is no product '{product}'{Spelling.Ending(product, products)}");
        return new OutputMap { Item = item, Product = product };
    }

    private ImmutableSortedDictionary<string, ExactDecimal> BindTargets(string thing, OptionValues values)
    {
        var target = binder.Bind($"target of {thing}", values.MarkOf(U.Target), values.Get(U.Target), MapOptions.Target.Table).Values;
        return MapOptions.Target.Figures.Where(f => target.Has(f.Option)).ToImmutableSortedDictionary(f => f.Figure.Word(), f => target.Get(f.Option), StringComparer.Ordinal);
    }

    private static bool IsCode(PointMap point) => point.Kind is PointKind.Text or PointKind.State;

    /// <summary>True where the point exists and is of the right sort. A point with faults of its own passes: it has been complained of.</summary>
    private bool Find(PointReference reference, string key, string wanted, Func<PointMap, bool> fits)
    {
        if (!points.TryGetValue(reference.Path, out var point))
        {
            if (unreadable.Contains(reference.Path[..reference.Path.IndexOf('.', StringComparison.Ordinal)])) return true;
            faults.Add(reference.Mark, $"{key}: there is no point '{reference.Path}'{Near(reference.Path)}");
            return false;
        }
        if (point is null || fits(point)) return true;
        faults.Add(reference.Mark, $"{key}: '{reference.Path}' is not {wanted}.");
        return false;
    }

    private string Near(string path)
    {
        if (Spelling.Nearest(path, points.Keys) is { } near) return $"; did you mean '{near}'?";
        var device = path[..(path.IndexOf('.', StringComparison.Ordinal) + 1)];
        var siblings = points.Keys.Where(p => p.StartsWith(device, StringComparison.Ordinal)).Select(p => p[device.Length..]).ToList();
        return siblings.Count is > 0 and <= 24 ? $"; '{device[..^1]}' has {string.Join(", ", siblings)}." : ".";
    }
}
