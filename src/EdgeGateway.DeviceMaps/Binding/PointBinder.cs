using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;
using P = EdgeGateway.DeviceMaps.Options.MapOptions.Point;

namespace EdgeGateway.DeviceMaps.Binding;

/// <summary>Binds a point.</summary>
internal sealed class PointBinder(OptionBinder binder, DriverGuess guess, FaultList faults)
{
    private static readonly Option[] CounterOnly = [P.Modulus, P.MaxRate, P.RatedPower, P.Update, P.Dip, P.Resets, P.NetCount, P.Lag, P.Epochs];
    private static readonly Option[] NumberOnly = [P.Unit, P.Resolution, P.Ratio];
    private readonly CounterBinder _counters = new(faults);
    private readonly WritableBinder _writables = new(binder, faults);

    // Thousands of devices of one template have the same hundred points.
    private readonly HashSet<PointTraits> _traits = [];

    /// <summary>The point, or null where anything is wrong with it.</summary>
    public PointMap? Bind(MapText name, MapNode node, PointDefaults device)
    {
        var thing = $"point '{device.Device}.{name.Value}'";
        var ok = binder.NameIsRight("point", name);
        if (binder.Table(thing, node) is not { } table) return null;
        var bound = binder.Bind(thing, name.Mark, table, device.Driver is null ? guess.PointKeys : [], P.Table, device.Driver?.Point ?? OptionTable.Empty);
        var values = bound.Values;
        ok &= bound.Ok;
        var poll = values.GetOr(P.Poll, device.Poll);
        var gap = values.GetOr(P.MaxGap, device.MaxGap);
        if (bound.Ok && (values.Has(P.MaxGap) || values.Has(P.Poll))) ok &= GapIsRight(values, poll, gap);

        // A kind that was written wrongly says nothing of the other options.
        if (!values.Has(P.Kind) && table.Find(P.Kind.Key) is not null) return null;
        var kind = values.Get(P.Kind);
        ok &= OptionsFit(values, kind);
        var unit = values.GetOr(P.Unit, UnitOfMeasure.None);
        double? rated = null;
        if (kind == PointKind.Counter)
        {
            var counter = _counters.Bind(thing, values, table, device, poll, ref ok);
            (unit, rated) = (counter.Unit, counter.RatedPerSecond);
        }
        else if (ok && Product(values.Get(P.Resolution), Ratio(values, unit, device)) is null)
        {
            faults.Add(name.Mark, $"{thing}: resolution × ratio is out of range: check both.");
            ok = false;
        }
        if (kind == PointKind.State && !values.Has(P.Map) && table.Find(P.Map.Key) is null)
        {
            faults.Add(name.Mark, $"'map' is missing in {thing}: {P.Map.Doc}");
            ok = false;
        }
        var states = values.Has(P.Map) ? values.Get(P.Map).ByValue : ImmutableSortedDictionary<long, MachineState>.Empty;
        var writable = _writables.Bind(thing, values, kind, states, ref ok);
        if (!ok) return null;
        var traits = new PointTraits
        {
            Name = name.Value,
            Kind = kind,
            Poll = poll,
            MaxGap = gap,
            Unit = unit,
            Resolution = values.Get(P.Resolution),
            Ratio = Ratio(values, unit, device),
            Modulus = values.Has(P.Modulus) ? values.Get(P.Modulus) : null,
            RatedPerSecond = rated,
            Update = values.Get(P.Update),
            DipSteps = values.Get(P.Dip),
            ZeroedByShift = values.Get(P.Resets),
            NetCount = values.Get(P.NetCount),
            Lag = values.Get(P.Lag),
            Was = Was(name.Value, values, device),
            Epochs = kind != PointKind.Counter ? [] : [.. device.Epochs.Concat(values.GetOr(P.Epochs, [])).Distinct().Order()],
            States = states,
            Writable = writable,
            FloatBits = device.Driver?.FloatBits(bound.PerTable[1]) ?? 0,
            Options = bound.PerTable[1].First,
        };
        if (_traits.TryGetValue(traits, out var known)) traits = known;
        else _traits.Add(traits);
        return PointMap.Of($"{device.Device}.{traits.Name}", name.Mark, traits);
    }

    /// <summary>The path before, where its own name or its device's was another one.</summary>
    private static string? Was(string name, OptionValues values, PointDefaults device)
    {
        if (!values.Has(P.Was)) return device.Was is null ? null : $"{device.Was}.{name}";
        var was = values.Get(P.Was);
        return was.Contains('.', StringComparison.Ordinal) ? was : $"{device.Was ?? device.Device}.{was}";
    }

    /// <summary>CT × PT: its own, or for energy and power its device's.</summary>
    public static ExactDecimal Ratio(OptionValues values, UnitOfMeasure unit, PointDefaults device) => values.Has(P.Ratio) ? values.Get(P.Ratio)
        : unit.Measures() is Dimension.Energy or Dimension.Power or Dimension.ReactivePower or Dimension.ApparentPower ? device.Ratio
        : ExactDecimal.One;

    /// <summary>The exact product, or null where it does not fit.</summary>
    public static ExactDecimal? Product(ExactDecimal a, ExactDecimal b)
    {
        try
        {
            return a.Multiply(b);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private bool GapIsRight(OptionValues values, TimeSpan poll, TimeSpan gap)
    {
        if (gap == TimeSpan.Zero || gap >= poll) return true;
        var own = values.Has(P.MaxGap);
        faults.Add(values.MarkOf(own ? P.MaxGap : P.Poll), own
            ? $"max_gap: {Durations.Format(gap)} is shorter than a poll of {Durations.Format(poll)}, so every sample would stand in a gap."
            : $"poll: {Durations.Format(poll)} is longer than the device's max_gap of {Durations.Format(gap)}, so every sample would stand in a gap: give the point its own max_gap.");
        return false;
    }

    private bool OptionsFit(OptionValues values, PointKind kind)
    {
        var ok = true;
        if (kind != PointKind.Counter) ok &= Refuse(values, CounterOnly, kind, "only counters have it");
        if (kind is PointKind.State or PointKind.Text) ok &= Refuse(values, NumberOnly, kind, "only gauges and counters have it");
        if (kind != PointKind.State) ok &= Refuse(values, [P.Map], kind, "only states have it");
        return ok;
    }

    private bool Refuse(OptionValues values, IEnumerable<Option> options, PointKind kind, string why)
    {
        var ok = true;
        foreach (var option in options.Where(values.Has))
        {
            faults.Add(values.MarkOf(option), $"{option.Key}: {why}; this point is of kind {Word(kind)}.");
            ok = false;
        }
        return ok;
    }

    private static string Word(PointKind kind) => kind switch
    {
        PointKind.Counter => "counter",
        PointKind.State => "state",
        PointKind.Text => "text",
        _ => "gauge",
    };
}
