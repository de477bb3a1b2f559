using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Units;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Rejoining;

/// <summary>What the record log knows of the time before an input log begins: by it totals go on where they stood, and windows that began before are whole.</summary>
/// <remarks>
/// Records carry totals, no registers. What ties both is the input log itself: replayed from its beginning with every total at zero, it states the windows that were stated before, each total lower by
/// one and the same number. A counter of which nothing was stated within the log is held where it stood.
/// </remarks>
public sealed class StatedPast
{
    private static readonly long[] _reaches = [UtcMicros.PerHour, 24 * UtcMicros.PerHour, 40 * 24 * UtcMicros.PerHour];
    private readonly Dictionary<int, LineBegin> _lines = [];

    private StatedPast(IRecordHistory history, long closedUntil) => (History, ClosedUntil) = (history, closedUntil);

    /// <summary>Counters whose totals go on where they stood.</summary>
    public int Joined => _lines.Values.Count(l => l.HeldAt is null);

    /// <summary>Counters whose totals are held until they are read, because nothing in the log ties their registers to them.</summary>
    public int Held => _lines.Count - Joined;

    /// <summary>The record log.</summary>
    internal IRecordHistory History { get; }

    /// <summary>Up to when reporting was closed.</summary>
    internal long ClosedUntil { get; }

    /// <summary>Finds where lines begin.</summary>
    /// <param name="replayed">What the log states, replayed from its beginning with every total at zero.</param>
    /// <param name="plan">The plan it ends with.</param>
    /// <param name="history">What was stated.</param>
    /// <param name="begin">Time of the log's first entry.</param>
    /// <param name="end">Time of its last entry.</param>
    /// <param name="closedUntil">Up to when reporting was closed; <see cref="long.MinValue"/> where it was not.</param>
    public static StatedPast Of(NewestTotals replayed, MeteringPlan plan, IRecordHistory history, long begin, long end, long closedUntil)
    {
        ArgumentNullException.ThrowIfNull(replayed);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(history);
        var past = new StatedPast(history, closedUntil);
        foreach (var (point, zeroed) in replayed.Totals)
        {
            if (Stated(history, zeroed, point) is not { } stated) continue;
            past._lines[point] = new LineBegin(stated.Total - zeroed.Total, stated.RegisterEpoch - zeroed.RegisterEpoch, stated.Ratio == zeroed.Ratio ? null : stated.Ratio, null);
        }
        foreach (var layout in UnitLayout.Of(plan))
        {
            foreach (var input in layout.Plan.Inputs)
            {
                var point = plan.Points[input.Slot];
                if (point.Counter is not { } counter || past._lines.ContainsKey(point.Id) || Newest(history, plan, layout.Plan.Id, point.Id, end) is not { } stated) continue;
                past._lines[point.Id] = new LineBegin(stated.Total, stated.RegisterEpoch - counter.RegisterEpoch, stated.Ratio == counter.Ratio ? null : stated.Ratio, UtcMicros.Floor(begin, UtcMicros.PerMinute));
            }
        }
        return past;
    }

    /// <summary>Where the line of a point begins; null where nothing was ever stated of it.</summary>
    internal LineBegin? LineOf(int point) => _lines.TryGetValue(point, out var line) ? line : null;

    private static StatedTotal? Stated(IRecordHistory history, in StatedTotal window, int point) =>
        history.Read(window.Unit, window.Kind, window.Start, window.Start + 1, 1) is [var record] && record.End == window.End ? Total(record, point) : null;

    private static StatedTotal? Newest(IRecordHistory history, MeteringPlan plan, int unit, int point, long end)
    {
        foreach (var reach in _reaches)
        {
            foreach (var kind in (IEnumerable<WindowKind>)[plan.BaseWindow, .. plan.LongerWindows])
            {
                // Base windows of weeks are many, and longer ones know as well.
                if (kind == plan.BaseWindow && reach > _reaches[1]) continue;
                var records = history.Read(unit, kind, end - reach, end, int.MaxValue);
                for (var i = records.Count - 1; i >= 0; i--)
                {
                    if (Total(records[i], point) is { } total) return total;
                }
            }
        }
        return null;
    }

    private static StatedTotal? Total(WindowRecord record, int point)
    {
        foreach (ref readonly var input in record.InputsOf(record.Segments[^1]))
        {
            if (input.Point == point && input.Basis != Basis.None) return StatedTotal.Of(record, input);
        }
        return null;
    }
}
