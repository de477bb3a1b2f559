using EdgeGateway.Metering;
using EdgeGateway.Metering.Carbon;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Restating;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Dashboard.Api;

/// <summary>What coal equivalent and carbon of a unit's window each product in it is charged: its own use of each carrier, by the mix of the whole window.</summary>
/// <param name="plan">The plan in force. Its sets say how much the carriers weigh beside each other; the figures to be divided are those of the window.</param>
/// <param name="unit">Index of the unit.</param>
/// <param name="history">Records of the site's meters.</param>
internal sealed class ProductShares(MeteringPlan plan, int unit, IRecordHistory history)
{
    private readonly Lazy<SupplyBoundary> _boundary = new(() => new SupplyBoundary(plan));

    /// <summary>The weights of products.</summary>
    /// <param name="record">The window, with all its segments.</param>
    /// <param name="made">The product of each segment.</param>
    /// <param name="products">The products; the weights are in their order.</param>
    public FigureWeights Of(WindowRecord record, IReadOnlyList<string> made, IReadOnlyList<string> products)
    {
        var weights = new FigureWeights(products.Count);
        if (plan.Carbon is not { } carbon) return weights;
        var used = record.Inputs.ToArray().Select(i => i.Carrier).Where(c => c != Carrier.None).Distinct().ToArray();
        var mixes = StatedMixes.Of(record, plan, _boundary.Value, unit, history);
        for (var i = 0; i < products.Count; i++)
        {
            bool[] taken = [.. made.Select(m => m == products[i])];
            var account = default(CarbonAccount);
            foreach (var carrier in used) weights.Set(i, Figures.Of(carrier), account.Add(record, carrier, carbon, mixes[(int)carrier], plan.Units[unit].Parent < 0, taken));
            weights.Set(i, FigureId.CoalEquivalent, account.CoalEquivalent);
            weights.Set(i, FigureId.Scope1, account.Scope1);
            weights.Set(i, FigureId.Scope2Location, account.Location);
            weights.Set(i, FigureId.Scope2Market, account.Market);
            weights.Set(i, FigureId.Carbon, account.Carbon);
            weights.Set(i, FigureId.Footprint, account.Footprint);
        }
        return weights;
    }
}
