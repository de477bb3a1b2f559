using EdgeGateway.Metering.Carbon;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Output;

/// <summary>What a record's window produced: pieces and money. Longer windows sum, so that their figures are ratios of sums.</summary>
internal struct OutputSums
{
    private FigureSum _value, _added;

    /// <summary>Good pieces.</summary>
    public FigureSum Good;

    /// <summary>Scrapped pieces.</summary>
    public FigureSum Scrap;

    /// <summary>CNY.</summary>
    public readonly FigureSum OutputValue => _value;

    /// <summary>CNY.</summary>
    public readonly FigureSum ValueAdded => _added;

    /// <summary>Good and scrapped pieces.</summary>
    public readonly FigureSum Total
    {
        get
        {
            var sum = Good;
            sum.Add(Scrap);
            return sum;
        }
    }

    public static OutputSums Of(WindowRecord record, OutputPlan? plan)
    {
        var sums = default(OutputSums);
        foreach (ref readonly var segment in record.Segments)
        {
            foreach (ref readonly var input in record.InputsOf(segment))
            {
                if (input.Role == InputRole.Scrap) sums.Scrap.Add(input.Amount, input.Basis);
                if (input.Role != InputRole.Good) continue;
                sums.Good.Add(input.Amount, input.Basis);
                if (plan is null) continue;
                new PieceWorth(plan, added: false).Add(ref sums._value, segment, input);
                new PieceWorth(plan, added: true).Add(ref sums._added, segment, input);
            }
        }
        return sums;
    }
}
