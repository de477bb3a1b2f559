using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Dashboard.Api;

/// <summary>States a span's sums as the API answers them.</summary>
internal sealed class SumsReport(CompiledPlant plant)
{
    public SumsAnswer Of(SpanSum sum, string name, bool withInputs)
    {
        var carriers = new Dictionary<string, Quantity>();
        // What is counted in unlike dimensions is never added: a gas in m³ and one in Nm³ are stated apart.
        foreach (var (carrier, dimension) in sum.Chains.Where(c => c.First.Carrier != Carrier.None).Select(c => (c.First.Carrier, c.Dimension)).Distinct().Order())
        {
            var unit = dimension.BaseUnit().Symbol();
            var stated = Stated(sum.Total(c => c.First.Carrier == carrier && c.Dimension == dimension)!.Value, unit);
            if (!carriers.TryAdd(carrier.Word(), stated)) carriers.Add($"{carrier.Word()}_{unit}", stated);
        }
        var good = sum.Total(i => i.First.Role == InputRole.Good);
        var scrap = sum.Total(i => i.First.Role == InputRole.Scrap);
        return new SumsAnswer(name, Texts.Time(sum.From), Texts.Time(sum.To), carriers, good is { } g ? Stated(g, "piece") : null, scrap is { } s ? Stated(s, "piece") : null,
            [.. Figures(sum, good, scrap)], Texts.ByStateSeconds(sum.StateMicros), Texts.ByStateAmounts(sum.EnergyByState), Texts.Share(sum.CoveredMicros, sum.To - sum.From), [.. sum.Flags.Names()],
            sum.Windows, withInputs ? [.. sum.Chains.Select(Input)] : [], withInputs ? FactorRows.Of(sum, plant.Metering.Carbon) : []);
    }

    /// <summary>Ratios of sums, never means of ratios.</summary>
    private static IEnumerable<NamedQuantity> Figures(SpanSum sum, (Amount Amount, Basis Basis, Amount? Bound)? good, (Amount Amount, Basis Basis, Amount? Bound)? scrap)
    {
        foreach (var (id, total) in sum.Figures)
        {
            var stated = total.Reason == FigureReason.None;
            yield return new(id.Word(), new Quantity(stated ? Texts.Of(total.Amount) : null, id.Unit(), total.Basis.Word(), Reason: total.Reason.Word()));
            if (stated && good is { } made && PerGood(id) is { } per) yield return new(per.Word(), Ratio((total.Amount, total.Basis, null), made, per.Unit()));
        }
        if (sum.Total(i => i.First.Carrier == Carrier.Electricity) is not { } energy) yield break;
        if (good is { } pieces) yield return new("kWh_per_good", Ratio(energy, pieces, FigureId.KilowattHoursPerGood.Unit()));
        if (scrap is { } rejected && good is { } fine) yield return new("kWh_per_total", Ratio(energy, (fine.Amount + rejected.Amount, fine.Basis.Worst(rejected.Basis), null), FigureId.KilowattHoursPerTotal.Unit()));
        var known = sum.StateMicros.Sum - sum.StateMicros[(int)MachineState.Unknown];
        if (known > 0 && sum.EnergyByState[(int)MachineState.Idle].Per(energy.Amount) is { } share) yield return new("idle_share", new Quantity(share.ToString(), "", energy.Basis.Word()));
    }

    private static FigureId? PerGood(FigureId id) => id switch
    {
        FigureId.CoalEquivalent => FigureId.CoalEquivalentPerGood,
        FigureId.Carbon => FigureId.CarbonPerGood,
        FigureId.Footprint => FigureId.FootprintPerGood,
        _ => null,
    };

    private static Quantity Ratio((Amount Amount, Basis Basis, Amount? Bound) energy, (Amount Amount, Basis Basis, Amount? Bound) pieces, string unit)
    {
        var basis = energy.Basis.Worst(pieces.Basis).Word();
        return energy.Amount.Per(pieces.Amount) is { } value ? new Quantity(value.ToString(), unit, basis) : new Quantity(null, unit, basis, Reason: FigureReason.NoOutput.Word());
    }

    private static Quantity Stated((Amount Amount, Basis Basis, Amount? Bound) total, string unit) =>
        new(Texts.Of(total.Amount), unit, total.Basis.Word(), total.Bound is { } bound ? Texts.Of(bound) : null);

    private InputAnswer Input(SpanChain chain)
    {
        ref readonly var i = ref chain.First;
        return new InputAnswer(plant.Names.Point(i.Point)?.Path, Texts.Role(i.Role), i.Carrier.Word(), i.RegisterEpoch, i.Sign, Number(i.T0), Number(chain.T1), i.Step.ToString(), i.Ratio.ToString(), i.Unit.Symbol(), chain.Dimension.BaseUnit().Symbol(),
            Texts.Of(chain.Amount), chain.Basis.Word(), chain.Bound is { } b ? Texts.Of(b) : null, [.. chain.Flags.Names()]);
    }

    private static string Number(long total) => total.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
