using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Dashboard.Api;

/// <summary>The sum of a figure over windows: amounts of coal equivalent, carbon or money, each rounded in its record.</summary>
/// <param name="Amount">The sum.</param>
/// <param name="Basis">The worst basis.</param>
/// <param name="Reason">Why there is no sum: of the first window without a value.</param>
/// <param name="Windows">Windows that spoke of it.</param>
internal readonly record struct FigureSum(Amount Amount, Basis Basis, FigureReason Reason, int Windows)
{
    /// <summary>True for an amount; a ratio, a share or a rest of several meters is made anew from sums.</summary>
    public static bool AddsUp(FigureId id) => id.Unit() is "kgce" or "kgCO2" or "kgCO2e" or "CNY";

    public FigureSum With(in Figure figure) => figure.Value is { } value
        ? new FigureSum(Amount + Amount.Of(1 << 16, value, ExactDecimal.One, UnitOfMeasure.None), Basis.Worst(figure.Basis), Reason, Windows + 1)
        : new FigureSum(Amount, Basis.Worst(figure.Basis), Reason == FigureReason.None ? figure.Reason : Reason, Windows + 1);
}
