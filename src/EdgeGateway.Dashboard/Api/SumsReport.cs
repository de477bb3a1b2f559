using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Dashboard.Api;

/// <summary>States a span's sums as the API answers them.</summary>
internal sealed class SumsReport(INames names)
{
    public SumsAnswer Of(SpanSum sum, string unit, bool withInputs)
    {
        var carriers = new Dictionary<string, Quantity>();
        foreach (var carrier in sum.Chains.Select(c => c.First.Carrier).Where(c => c != Carrier.None).Distinct().Order())
        {
            carriers.Add(carrier.Word(), Stated(sum.Total(i => i.Carrier == carrier)!.Value, CarrierUnit(sum, carrier)));
        }
        var good = sum.Total(i => i.Role == InputRole.Good);
        var scrap = sum.Total(i => i.Role == InputRole.Scrap);
        return new SumsAnswer(unit, Texts.Time(sum.From), Texts.Time(sum.To), carriers, good is { } g ? Stated(g, "piece") : null, scrap is { } s ? Stated(s, "piece") : null,
            [.. Figures(sum, good, scrap)], Texts.ByStateSeconds(sum.StateMicros), Texts.ByStateAmounts(sum.EnergyByState), Texts.Share(sum.CoveredMicros, sum.To - sum.From), [.. sum.Flags.Names()],
            sum.Windows, withInputs ? [.. sum.Chains.Select(Input)] : []);
    }

    /// <summary>Ratios of sums, never means of ratios.</summary>
    private static IEnumerable<NamedQuantity> Figures(SpanSum sum, (Amount Amount, Basis Basis, Amount? Bound)? good, (Amount Amount, Basis Basis, Amount? Bound)? scrap)
    {
        if (sum.Total(i => i.Carrier == Carrier.Electricity) is not { } energy) yield break;
        if (good is { } pieces) yield return new("kWh_per_good", Ratio(energy, pieces, "kWh"));
        if (scrap is { } rejected && good is { } fine) yield return new("kWh_per_total", Ratio(energy, (fine.Amount + rejected.Amount, fine.Basis.Worst(rejected.Basis), null), "kWh"));
        var known = sum.StateMicros.Sum - sum.StateMicros[(int)MachineState.Unknown];
        if (known > 0 && sum.EnergyByState[(int)MachineState.Idle].Per(energy.Amount) is { } share) yield return new("idle_share", new Quantity(share.ToString(), "", energy.Basis.Word()));
    }

    private static Quantity Ratio((Amount Amount, Basis Basis, Amount? Bound) energy, (Amount Amount, Basis Basis, Amount? Bound) pieces, string unit)
    {
        var basis = energy.Basis.Worst(pieces.Basis).Word();
        return energy.Amount.Per(pieces.Amount) is { } value ? new Quantity(value.ToString(), unit, basis) : new Quantity(null, unit, basis, Reason: FigureReason.NoOutput.Word());
    }

    private static Quantity Stated((Amount Amount, Basis Basis, Amount? Bound) total, string unit) =>
        new(Texts.Of(total.Amount), unit, total.Basis.Word(), total.Bound is { } bound ? Texts.Of(bound) : null);

    private static string CarrierUnit(SpanSum sum, Carrier carrier)
    {
        var measures = sum.Chains.First(c => c.First.Carrier == carrier).First.Unit.Measures();
        return measures == Dimension.Energy ? "kWh" : sum.Chains.First(c => c.First.Carrier == carrier).First.Unit.Symbol();
    }

    private InputAnswer Input(SpanChain chain)
    {
        ref readonly var i = ref chain.First;
        return new InputAnswer(names.Point(i.Point)?.Path, Texts.Role(i.Role), i.Carrier.Word(), i.RegisterEpoch, i.Sign, Number(i.T0), Number(chain.T1), i.Step.ToString(), i.Ratio.ToString(), i.Unit.Symbol(),
            Texts.Of(chain.Amount), chain.Basis.Word(), chain.Bound is { } b ? Texts.Of(b) : null, [.. chain.Flags.Names()]);
    }

    private static string Number(long total) => total.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
