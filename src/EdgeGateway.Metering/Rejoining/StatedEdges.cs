using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Units;
using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Rejoining;

/// <summary>Edges of counters as records of any unit state them.</summary>
internal sealed class StatedEdges
{
    private readonly IRecordHistory _history;
    private readonly WindowKind[] _kinds;
    private readonly Dictionary<int, List<int>> _unitsOf = [];

    public StatedEdges(IRecordHistory history, MeteringPlan plan, UnitLayout[] layouts)
    {
        (_history, _kinds) = (history, [plan.BaseWindow, WindowKind.Gap, .. plan.LongerWindows.Where(k => k != WindowKind.Batch)]);
        foreach (var layout in layouts)
        {
            foreach (var input in layout.Inputs)
            {
                var point = plan.Points[input.Slot].Id;
                if (!_unitsOf.TryGetValue(point, out var units)) _unitsOf.Add(point, units = []);
                if (!units.Contains(layout.Plan.Id)) units.Add(layout.Plan.Id);
            }
        }
    }

    /// <summary>Kinds of window that follow each other without a hole, the base window first.</summary>
    public ReadOnlySpan<WindowKind> Kinds => _kinds;

    /// <summary>The edge of a point at a time, or null where no window was stated that begins or ends there.</summary>
    public Edge? At(int point, long time)
    {
        foreach (var unit in _unitsOf.GetValueOrDefault(point, []))
        {
            foreach (var kind in _kinds)
            {
                if (kind.FixedMicros is > 0 and var length && One(unit, kind, time - length) is { } before && before.End == time && Find(before, before.Segments[^1], point) is { } last)
                    return new Edge(last.T1, last.Bound, last.Basis, kind == _kinds[0] ? last.Flags & ~WindowFlags.Coarse : WindowFlags.None, default);
                if (One(unit, kind, time) is { } behind && Find(behind, behind.Segments[0], point) is { } first) return new Edge(first.T0, first.Bound, first.Basis, WindowFlags.None, default);
            }
        }
        return null;
    }

    /// <summary>The longest window of a unit that begins at a time and is over by another one.</summary>
    public WindowRecord? Longest(int unit, long from, long to)
    {
        WindowRecord? longest = null;
        foreach (var kind in _kinds)
        {
            if (One(unit, kind, from) is { } record && record.End <= to && record.End > (longest?.End ?? from)) longest = record;
        }
        return longest;
    }

    /// <summary>When the first window of a unit begins behind a time, or <paramref name="to"/>.</summary>
    public long Next(int unit, long from, long to)
    {
        foreach (var kind in _kinds)
        {
            if (to > from + 1 && _history.Read(unit, kind, from + 1, to, 1) is [var record]) to = record.Start;
        }
        return to;
    }

    public static WindowInput? Find(WindowRecord record, in Segment segment, int point)
    {
        foreach (ref readonly var input in record.InputsOf(segment))
        {
            if (input.Point == point && input.Basis != Basis.None) return input;
        }
        return null;
    }

    private WindowRecord? One(int unit, WindowKind kind, long start) => _history.Read(unit, kind, start, start + 1, 1) is [var record] ? record : null;
}
