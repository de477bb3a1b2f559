using EdgeGateway.Metering.Carbon;
using EdgeGateway.Metering.Output;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Restating;

/// <summary>Works the figures of a stored record out anew, of what it holds and of the records of its site's meters over the same window.</summary>
public static class Refiguring
{
    /// <summary>Applies sets to a record; false where it says nothing else by them, and is then as it was.</summary>
    /// <param name="record">The record; changed.</param>
    /// <param name="carbon">The sets.</param>
    /// <param name="plan">The plant.</param>
    /// <param name="boundary">The plant's supply boundary.</param>
    /// <param name="unit">Index of the record's unit in the plan.</param>
    /// <param name="history">Records of the same window.</param>
    public static bool Apply(WindowRecord record, CarbonPlan carbon, MeteringPlan plan, SupplyBoundary boundary, int unit, IRecordHistory history)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(boundary);
        ArgumentNullException.ThrowIfNull(history);
        if ((record.Flags & WindowFlags.Void) != 0) return false;
        var before = (record.Coefficients, record.Factors, record.Footprint, record.Flags);
        var figures = record.Figures.ToArray();
        var mixes = StatedMixes.Of(record, plan, boundary, unit, history);
        record.ClearFigures(ReportFigures.Makes);
        try
        {
            ReportFigures.Add(record, carbon, plan.Units[unit].Output, plan.Units[unit].MinPieces, plan.Units[unit].MinCoverage, mixes, plan.Units[unit].Parent < 0);
        }
        catch (OverflowException)
        {
            record.Add(new Figure { Id = FigureId.KilowattHoursPerGood, Reason = FigureReason.OutOfRange, Basis = Basis.None });
        }
        return before != (record.Coefficients, record.Factors, record.Footprint, record.Flags) || !Same(figures, record.Figures);
    }

    private static bool Same(Figure[] before, ReadOnlySpan<Figure> after)
    {
        if (before.Length != after.Length) return false;
        foreach (ref readonly var figure in after)
        {
            var id = figure.Id;
            var old = Array.Find(before, f => f.Id == id);
            if (old.Id != id || old.Value != figure.Value || old.Reason != figure.Reason || old.Basis != figure.Basis) return false;
        }
        return true;
    }
}
