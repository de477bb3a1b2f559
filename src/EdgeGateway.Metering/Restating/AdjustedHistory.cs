using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Restating;

/// <summary>The record log where reporting was closed: of a window that was adjusted since, the newest adjustment stands for what was reported, so that the next one holds all that is known and not only what was found out last.</summary>
internal sealed class AdjustedHistory(IRecordHistory history) : IRecordHistory
{
    /// <inheritdoc/>
    public IReadOnlyList<WindowRecord> Read(int unit, WindowKind kind, long from, long to, int limit)
    {
        var records = history.Read(unit, kind, from, to, limit);
        if (records.Count == 0 || kind == WindowKind.Adjustment) return records;
        var adjustments = history.Read(unit, WindowKind.Adjustment, records[0].Start, records[^1].Start + 1, int.MaxValue).ToDictionary(a => (a.Start, a.WindowId));
        return adjustments.Count == 0 ? records : [.. records.Select(r => adjustments.TryGetValue((r.Start, NameOf(r)), out var adjusted) && adjusted.Revision > r.Revision ? As(adjusted, r) : r)];
    }

    /// <summary>Id of the adjustment record of a window.</summary>
    public static string NameOf(WindowRecord record) => record.WindowId.Length > 0 ? $"{record.Kind.Name}/{record.WindowId}" : record.Kind.Name;

    private static WindowRecord As(WindowRecord adjusted, WindowRecord window)
    {
        (adjusted.Kind, adjusted.WindowId) = (window.Kind, window.WindowId);
        return adjusted;
    }
}
