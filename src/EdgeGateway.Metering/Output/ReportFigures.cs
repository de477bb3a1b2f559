using EdgeGateway.Metering.Carbon;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Output;

/// <summary>
/// All figures that rest on coefficients, factors and prices: a pure function of a record's stored quantities, so that they can be stated anew under other sets without a single sample.
/// </summary>
public static class ReportFigures
{
    /// <summary>How many mixes there are: one for the number of each carrier.</summary>
    public const int MixCount = 64;

    /// <summary>True for figures that <see cref="Add"/> makes; the others are measured.</summary>
    public static bool Makes(FigureId id) => id is FigureId.KilowattHoursPerGood or FigureId.KilowattHoursPerTotal or >= FigureId.CoalEquivalent and < (FigureId)100 or > (FigureId)Figures.OfCarriers;

    /// <summary>Adds the figures, and to the record's flags what is to be known of the factors.</summary>
    /// <param name="record">A record with its segments and inputs; it has none of these figures.</param>
    /// <param name="carbon">The sets, or null: then there is neither coal equivalent nor carbon.</param>
    /// <param name="output">Prices, or null.</param>
    /// <param name="minPieces">Fewest good pieces for a figure per piece.</param>
    /// <param name="minCoverage">Least coverage for a figure per piece, 0 to 1.</param>
    /// <param name="mixes">Where each carrier came from, by its number; without inputs where all of it is bought.</param>
    /// <param name="isSite">True for the topmost unit, whose meters are the supply boundary.</param>
    /// <exception cref="OverflowException">A number is of a range that no plant has.</exception>
    public static void Add(WindowRecord record, CarbonPlan? carbon, OutputPlan? output, int minPieces, double minCoverage, ReadOnlySpan<SupplyMix> mixes, bool isSite)
    {
        var made = OutputSums.Of(record, output);
        var per = new OutputFigures(minPieces, minCoverage);
        if (made.OutputValue.Any) record.Add(made.OutputValue.ToFigure(FigureId.OutputValue));
        if (made.ValueAdded.Any) record.Add(made.ValueAdded.ToFigure(FigureId.ValueAdded));
        per.Add(record, Electricity(record), made, FigureId.KilowattHoursPerGood, FigureId.KilowattHoursPerTotal, FigureId.KilowattHoursPerOutputValue, FigureId.KilowattHoursPerValueAdded);
        if (carbon is null or { IsEmpty: true }) return;
        var account = default(CarbonAccount);
        for (byte code = 1; code < MixCount; code++)
        {
            var coal = account.Add(record, (Carrier)code, carbon, mixes[code], isSite);
            if (coal.Any) record.Add(coal.ToFigure(Figures.Of((Carrier)code)));
        }
        AddSums(record, carbon, account);
        per.Add(record, account.CoalEquivalent, made, FigureId.CoalEquivalentPerGood, FigureId.CoalEquivalentPerTotal, FigureId.CoalEquivalentPerOutputValue, FigureId.CoalEquivalentPerValueAdded);
        per.Add(record, account.Carbon, made, FigureId.CarbonPerGood, FigureId.CarbonPerTotal, FigureId.CarbonPerOutputValue, FigureId.CarbonPerValueAdded);
        per.Add(record, account.Footprint, made, FigureId.FootprintPerGood, default, default, default);
    }

    private static void AddSums(WindowRecord record, CarbonPlan carbon, in CarbonAccount account)
    {
        if (account.CoalEquivalent.Any)
        {
            record.Coefficients = carbon.CoefficientStamp;
            record.Add(account.CoalEquivalent.ToFigure(FigureId.CoalEquivalent));
        }
        if (account.Scope1.Any) record.Add(account.Scope1.ToFigure(FigureId.Scope1));
        if (account.Location.Any) record.Add(account.Location.ToFigure(FigureId.Scope2Location));
        if (account.Market.Any) record.Add(account.Market.ToFigure(FigureId.Scope2Market));
        if (account.Carbon.Any)
        {
            record.Factors = carbon.FactorStamp;
            record.Add(account.Carbon.ToFigure(FigureId.Carbon));
        }
        if (account.Footprint.Any)
        {
            record.Footprint = carbon.FootprintStamp;
            record.Add(account.Footprint.ToFigure(FigureId.Footprint));
        }
        record.Flags |= account.Flags;
    }

    private static FigureSum Electricity(WindowRecord record)
    {
        var sum = default(FigureSum);
        foreach (ref readonly var input in record.Inputs)
        {
            if (input.Carrier == Carrier.Electricity) sum.Add(input.Amount, input.Basis);
        }
        return sum;
    }
}
