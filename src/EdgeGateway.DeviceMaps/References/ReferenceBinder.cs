using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Binding;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Metering.Carbon;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;
using F = EdgeGateway.DeviceMaps.Options.MapOptions.ReferenceFile;
using R = EdgeGateway.DeviceMaps.Options.MapOptions.ReferenceRow;

namespace EdgeGateway.DeviceMaps.References;

/// <summary>Binds a set that is written out in full. A row without its whole citation, with a unit that does not fit, or that overlaps another one is a fault.</summary>
internal sealed class ReferenceBinder(OptionBinder binder, FaultList faults)
{
    /// <summary>The set, or null with a fault.</summary>
    public ReferenceSet? Bind(MapTable table)
    {
        var before = faults.Count;
        var file = binder.Bind("the reference set", table.Mark, table, F.Table).Values;
        if (!file.Has(F.Rows)) return null;
        var (name, rows) = (file.GetOr(F.Set, ""), new List<(ReferenceRow Row, Mark Mark)>());
        foreach (var node in file.Get(F.Rows).Items)
        {
            if (binder.Table("a row", node) is not { } entry || Row(entry, name) is not { } row) continue;
            var clash = rows.FirstOrDefault(r => r.Row.Overlaps(row));
            if (clash.Row is null) rows.Add((row, entry.Mark));
            else if (clash.Row.Set == row.Set) faults.Add(entry.Mark, $"{row.Carrier.Word()}: its validity from {row.From:yyyy-MM-dd} overlaps that of the row in {clash.Mark}: give the earlier one 'to'.");
        }
        var choices = Choices(file, [.. rows.Select(r => r.Row)]);
        return faults.Count > before ? null : new ReferenceSet(name, (int)file.Get(F.Edition), file.Get(F.Title), [.. rows.Select(r => r.Row)], choices);
    }

    private ReferenceRow? Row(MapTable table, string set)
    {
        var thing = table.Find(R.Carrier.Key) is MapText carrier ? $"row '{carrier.Value}'" : "a row";
        var bound = binder.Bind(thing, table.Mark, table, R.Table);
        if (!bound.Ok) return null;
        var values = bound.Values;
        var (unit, use) = (values.Get(R.Unit), values.Get(R.Use));
        if (Wrong(use, unit, values.Get(R.Carrier)) is { } wrong)
        {
            faults.Add(values.MarkOf(R.Unit), "unit: " + wrong);
            return null;
        }
        if (values.Has(R.To) && values.Get(R.To) <= values.Get(R.From))
        {
            faults.Add(values.MarkOf(R.To), "to: it is not after 'from'.");
            return null;
        }
        var derivation = values.GetOr(R.Derivation, "");
        if (Value(values, unit, thing, ref derivation) is not { } value) return null;
        return new ReferenceRow
        {
            Set = values.GetOr(R.Set, set), Use = use, Carrier = values.Get(R.Carrier), Variant = values.GetOr(R.Variant, ""), Value = value, Unit = unit, Derivation = derivation,
            Source = values.Get(R.Source), Document = values.Get(R.Document), Year = (int)values.Get(R.Year), Region = values.Get(R.Region), Verified = values.Get(R.Verified),
            From = values.Get(R.From), To = values.Has(R.To) ? values.Get(R.To) : null, Place = table.Mark.ToString(),
        };
    }

    private ExactDecimal? Value(OptionValues values, UnitQuotient unit, string thing, ref string derivation)
    {
        Option[] parts = [R.Ncv, R.NcvUnit, R.CarbonContent, R.Oxidation];
        var given = parts.Count(values.Has);
        if (values.Has(R.Value) == given > 0)
        {
            faults.Add(values.Mark, $"{thing} needs either 'value', or 'ncv', 'ncv_unit', 'carbon_content' and 'oxidation'.");
            return null;
        }
        if (values.Has(R.Value)) return values.Get(R.Value);
        if (given < parts.Length)
        {
            faults.Add(values.Mark, $"'{parts.First(p => !values.Has(p)).Key}' is missing in {thing}.");
            return null;
        }
        var ncv = values.Get(R.NcvUnit);
        if (ncv.Over.Measures() != Dimension.Heat || ncv.Under.Measures() != unit.Under.Measures() || unit.Over.Measures() != Dimension.CarbonDioxide)
        {
            faults.Add(values.MarkOf(R.NcvUnit), $"ncv_unit: {ncv} gives no {unit}: write GJ per unit of the fuel, and kgCO2 or tCO2 for the same as 'unit'.");
            return null;
        }
        var fuel = new FuelFactor(values.Get(R.Ncv), ncv, values.Get(R.CarbonContent), values.Get(R.Oxidation));
        derivation = fuel.Derivation;
        try
        {
            return fuel.In(unit);
        }
        catch (OverflowException)
        {
            faults.Add(values.MarkOf(R.Ncv), "ncv: with its carbon content and oxidation it gives a factor that is out of range.");
            return null;
        }
    }

    private ImmutableDictionary<Carrier, string> Choices(OptionValues file, ReferenceRow[] rows)
    {
        var choices = ImmutableDictionary.CreateBuilder<Carrier, string>();
        foreach (var (key, value) in file.Has(F.Choices) ? file.Get(F.Choices).Entries : [])
        {
            if (!Carriers.TryParse(key.Value, out var carrier)) faults.Add(key.Mark, $"choices: there is no carrier '{key.Value}'{Spelling.Ending(key.Value, Carriers.All.Select(c => c.Word()))}");
            else if (value is not MapText kind || rows.All(r => r.Carrier != carrier || r.Variant != kind.Value)) faults.Add(value.Mark, $"choices: no row of {key.Value} is of this kind{Spelling.Ending((value as MapText)?.Value ?? "", rows.Where(r => r.Carrier == carrier && r.Variant.Length > 0).Select(r => r.Variant).Distinct())}");
            else choices[carrier] = kind.Value;
        }
        return choices.ToImmutable();
    }

    private static string? Wrong(ReferenceUse use, UnitQuotient unit, Carrier carrier)
    {
        var wanted = use switch { ReferenceUse.CoalEquivalent => Dimension.CoalEquivalent, ReferenceUse.Footprint => Dimension.CarbonDioxideEquivalent, _ => Dimension.CarbonDioxide };
        if (unit.Over.Measures() != wanted) return $"a row for {use.Word()} states {wanted.BaseUnit().Symbol()}, not {unit.Over.Symbol()}.";
        return carrier.MeasuredIn().Contains(unit.Under.Measures()) ? null : $"{carrier.Word()} is not counted in {unit.Under.Symbol()}.";
    }
}
