using EdgeGateway.Dashboard.Api;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;
using Charge = EdgeGateway.Metering.Carbon.FigureSum;

namespace EdgeGateway.Dashboard.Tests;

/// <summary>A figure divided over products.</summary>
public sealed class FigureWeightsTests
{
    [Fact]
    public void Parts_add_up_to_the_last_digit()
    {
        var weights = Weights(Charged(1), Charged(1), Charged(1));
        Assert.Equal(["0.333333", "0.333334", "0.333333"], weights.Divide(Stated(1_000_000)).Select(f => f.Value!.Value.ToString()));
        // By other coefficients than those in force: the proportion stays.
        Assert.Equal(["2.5", "0", "7.5"], Weights(Charged(1), Charged(0), Charged(3)).Divide(Stated(10_000_000)).Select(f => f.Value!.Value.Normalize().ToString()));
        Assert.Equal(["0", "0"], Weights(Charged(0), Charged(0)).Divide(Stated(0)).Select(f => f.Value!.Value.Normalize().ToString()));
    }

    [Fact]
    public void Each_part_has_the_basis_of_its_own_stretches()
    {
        var guessed = default(Charge);
        guessed.Add(Amount.Whole(2), Basis.Estimated);
        Assert.Equal([Basis.Exact, Basis.Estimated], Weights(Charged(1), guessed).Divide(Stated(9)).Select(f => f.Basis));
    }

    [Fact]
    public void What_cannot_be_told_has_a_reason_and_no_value()
    {
        var lacking = Charged(1);
        lacking.Lack(FigureReason.NoData);
        Assert.All(Weights(Charged(1), lacking).Divide(Stated(5)), f => Assert.Equal((null, FigureReason.NoData), (f.Value, f.Reason)));
        Assert.All(Weights(Charged(0), Charged(0)).Divide(Stated(5)), f => Assert.Equal((null, FigureReason.NoFactor), (f.Value, f.Reason)));
        Assert.All(Weights(Charged(1), Charged(1)).Divide(new Figure { Id = FigureId.CoalEquivalent, Reason = FigureReason.ChangedWithin }), f => Assert.Equal((null, FigureReason.ChangedWithin), (f.Value, f.Reason)));
        Assert.Empty(Weights(Charged(1), Charged(1)).Divide(new Figure { Id = FigureId.OutputValue, Value = ExactDecimal.One }));
    }

    private static Figure Stated(long millionths) => new() { Id = FigureId.CoalEquivalent, Value = new ExactDecimal(millionths, -6), Basis = Basis.Exact };

    private static Charge Charged(long amount)
    {
        var charge = default(Charge);
        charge.Add(Amount.Whole(amount), Basis.Exact);
        return charge;
    }

    private static FigureWeights Weights(params Charge[] charges)
    {
        var weights = new FigureWeights(charges.Length);
        for (var i = 0; i < charges.Length; i++) weights.Set(i, FigureId.CoalEquivalent, charges[i]);
        return weights;
    }
}
