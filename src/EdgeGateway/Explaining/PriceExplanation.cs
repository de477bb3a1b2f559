using System.Collections.Immutable;
using System.Globalization;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Metering.Output;
using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Explaining;

/// <summary>Says by which product and which dated price a record's good pieces were counted.</summary>
/// <param name="plant">The map in force when it was stated, or null where the store does not hold it.</param>
internal sealed class PriceExplanation(PlantMap? plant)
{
    /// <summary>A line for each product and its prices; none where no figure rests on a price.</summary>
    public IEnumerable<string> Of(WindowRecord record, string unit)
    {
        if (record.FigureOf(FigureId.OutputValue) is null && record.FigureOf(FigureId.ValueAdded) is null) return [];
        if (plant?.Units.FirstOrDefault(u => u.Name == unit) is not { } map || ReferencePlans.Output(plant, map) is not { } plan) return ["prices: the map then in force is not kept"];
        return ["prices, CNY a good piece", .. record.Segments.ToArray().Select(s => Line(plan, s)).Distinct()];
    }

    private static string Line(OutputPlan plan, Segment segment)
    {
        var (name, price, added) = (plan.Product, plan.Price, plan.ValueAdded);
        if (plan.ByPoint || segment.Product is not null)
        {
            if (plan.Find(segment.Product ?? "") is { } product) (name, price, added) = (product.Name, product.Price, plan.ByPoint && !added.IsEmpty ? added : product.ValueAdded);
            else (name, price, added) = (segment.Product is { Length: > 0 } code ? code + ", which means no product of the map" : "product not known", [], plan.ByPoint ? added : []);
        }
        return string.Create(CultureInfo.InvariantCulture, $"  {(name.Length > 0 ? name + ": " : "")}output value {Price(price, segment.Start)}, value added {Price(added, segment.Start)}");
    }

    private static string Price(ImmutableArray<Metering.Output.DatedPrice> prices, long time) => prices.IsEmpty ? "not said" : OutputPlan.At(prices, time)?.ToString() ?? "none that holds";
}
