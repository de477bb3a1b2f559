using System.Collections.Immutable;
using EdgeGateway.Metering.Carbon;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Output;

/// <summary>What good pieces are worth: by the one price of a unit, or by those of the product that a segment names. Immutable.</summary>
/// <param name="plan">Products and prices.</param>
/// <param name="added">Value added, else output value.</param>
internal readonly struct PieceWorth(OutputPlan plan, bool added)
{
    /// <summary>Adds the worth of a segment's good pieces; nothing where no price is spoken of at all.</summary>
    public void Add(ref FigureSum sum, in Segment segment, in WindowInput good)
    {
        var prices = added ? plan.ValueAdded : plan.Price;
        // A point says what is made, and what that is worth is not the same for all.
        if (plan.ByPoint ? prices.IsEmpty : segment.Product is not null)
        {
            if (!Any) return;
            // Of no pieces the worth is known whatever they would have been.
            if (good.Amount.Quanta == 0)
            {
                sum.Add(good.Amount, good.Basis);
                return;
            }
            if (segment.Product is not { } named || plan.Find(named) is not { } product)
            {
                sum.Lack(FigureReason.NoProduct);
                return;
            }
            prices = added ? product.ValueAdded : product.Price;
        }
        else if (prices.IsEmpty) return;
        if (OutputPlan.At(prices, segment.Start) is not { } price) sum.Lack(FigureReason.NoPrice);
        else if (OutputPlan.At(prices, segment.End - 1) != price) sum.Lack(FigureReason.ChangedWithin);
        else sum.Add(good.Amount.Scale(price), good.Basis);
    }

    private bool Any
    {
        get
        {
            if (!(added ? plan.ValueAdded : plan.Price).IsEmpty) return true;
            foreach (var product in plan.Products)
            {
                if (!(added ? product.ValueAdded : product.Price).IsEmpty) return plan.ByPoint;
            }
            return false;
        }
    }
}
