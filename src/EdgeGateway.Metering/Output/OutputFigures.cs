using EdgeGateway.Metering.Carbon;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Output;

/// <summary>Something per piece or per ten thousand yuan; null with a reason rather than misleading.</summary>
/// <param name="MinPieces">Fewest good pieces for a figure.</param>
/// <param name="MinCoverage">Least coverage, 0 to 1.</param>
internal readonly record struct OutputFigures(int MinPieces, double MinCoverage)
{
    private static readonly ExactDecimal TenThousandth = new(1, -4);

    /// <summary>Adds the figures of <paramref name="sum"/> for all that was produced.</summary>
    public void Add(WindowRecord record, in FigureSum sum, in OutputSums output, FigureId perGood, FigureId perTotal, FigureId perValue, FigureId perAdded)
    {
        if (!sum.Any) return;
        if (output.Good.Any) record.Add(PerPiece(perGood, record, sum, output.Good));
        if (output.Good.Any && output.Scrap.Any && perTotal != default) record.Add(PerPiece(perTotal, record, sum, output.Total));
        if (output.OutputValue.Any && perValue != default) record.Add(PerMoney(perValue, record, sum, output.OutputValue, output.Good));
        if (output.ValueAdded.Any && perAdded != default) record.Add(PerMoney(perAdded, record, sum, output.ValueAdded, output.Good));
    }

    private Figure PerPiece(FigureId id, WindowRecord record, in FigureSum sum, in FigureSum pieces) => Of(id, sum, pieces, Reason(record, sum, pieces, pieces), pieces.Amount);

    private Figure PerMoney(FigureId id, WindowRecord record, in FigureSum sum, in FigureSum money, in FigureSum good) => Of(id, sum, money, Reason(record, sum, money, good), money.Amount.Scale(TenThousandth));

    private FigureReason Reason(WindowRecord record, in FigureSum sum, in FigureSum under, in FigureSum pieces) =>
        sum.Reason != FigureReason.None ? sum.Reason
        : under.Reason != FigureReason.None ? under.Reason
        : record.Coverage < MinCoverage ? FigureReason.Coverage
        : under.Amount.Quanta <= 0 ? FigureReason.NoOutput
        : (pieces.Amount - Amount.Whole(MinPieces)).Quanta < 0 ? FigureReason.BelowMinPieces
        : FigureReason.None;

    private static Figure Of(FigureId id, in FigureSum sum, in FigureSum under, FigureReason reason, Amount divisor)
    {
        ExactDecimal? value = reason == FigureReason.None ? sum.Amount.Per(divisor) : null;
        return new Figure { Id = id, Value = value, Reason = value is null && reason == FigureReason.None ? FigureReason.OutOfRange : reason, Basis = sum.Basis.Worst(under.Basis) };
    }
}
