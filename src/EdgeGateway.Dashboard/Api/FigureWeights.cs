using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;
using Charge = EdgeGateway.Metering.Carbon.FigureSum;

namespace EdgeGateway.Dashboard.Api;

/// <summary>What each of some parts is charged, by figure, and a stated figure divided by it.</summary>
/// <param name="parts">How many parts there are.</param>
internal sealed class FigureWeights(int parts)
{
    private readonly Dictionary<FigureId, Charge[]> _charges = [];

    /// <summary>Says what a part is charged.</summary>
    public void Set(int part, FigureId id, in Charge charge)
    {
        if (!_charges.TryGetValue(id, out var charges)) _charges[id] = charges = new Charge[parts];
        charges[part] = charge;
    }

    /// <summary>A figure in as many parts, which add up to it to the last digit; without values where it has none or a part cannot be told. Empty where it is not one that parts are charged.</summary>
    public Figure[] Divide(in Figure whole)
    {
        if (!_charges.TryGetValue(whole.Id, out var charges)) return [];
        var (id, sum, reason) = (whole.Id, default(Amount), whole.Value is null ? whole.Reason : FigureReason.None);
        foreach (ref readonly var charge in charges.AsSpan())
        {
            sum += charge.Amount;
            if (reason == FigureReason.None) reason = charge.Reason;
        }
        // Of what nothing is charged by the sets in force, no part can be told.
        if (reason == FigureReason.None && sum.Quanta == 0 && whole.Value!.Value.Mantissa != 0) reason = FigureReason.NoFactor;
        if (reason != FigureReason.None) return [.. charges.Select(c => new Figure { Id = id, Reason = reason, Basis = c.Basis })];

        var (amount, charged, before, figures) = (Amount.Of(1 << 16, whole.Value!.Value, ExactDecimal.One, UnitOfMeasure.None), default(Amount), 0L, new Figure[parts]);
        for (var i = 0; i < parts; i++)
        {
            charged += charges[i].Amount;
            var upTo = (sum.Quanta == 0 ? default : amount.Share(charged, sum)).RoundToSix();
            figures[i] = new Figure { Id = id, Value = upTo with { Mantissa = upTo.Mantissa - before }, Basis = charges[i].Basis };
            before = upTo.Mantissa;
        }
        return figures;
    }
}
