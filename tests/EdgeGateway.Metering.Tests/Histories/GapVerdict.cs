using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Histories;

/// <summary>
/// Holds the base windows and gap records of a unit against each other: gap records never overlap, what they say of a counter the base windows in them do not, and both together are each counter's line,
/// without a hole, with each energy in it once and each total the one that all longer windows say.
/// </summary>
internal sealed class GapVerdict(WindowRecord[] unit, List<string> faults)
{
    private readonly WindowRecord[] _gaps = [.. unit.Where(r => r.Kind == WindowKind.Gap).OrderBy(r => r.Start)];

    public int Count => _gaps.Length;

    public void Judge()
    {
        for (var i = 0; i < _gaps.Length; i++)
        {
            var gap = _gaps[i];
            if (i > 0 && _gaps[i - 1].End > gap.Start) faults.Add($"{gap.Key} begins before {_gaps[i - 1].Key} ends, {UtcMicros.Format(_gaps[i - 1].End)}");
            if (gap.CoveredMicros != 0) faults.Add($"{gap.Key} claims to be observed");
            if (gap.Inputs.Length == 0) faults.Add($"{gap.Key} says nothing");
        }
        foreach (var kind in unit.Where(r => r.Kind.FixedMicros is > 0 and <= UtcMicros.PerMinute).GroupBy(r => r.Kind))
        {
            foreach (var point in unit.SelectMany(r => r.Inputs.ToArray()).Select(i => i.Point).Distinct()) Judge(point, [.. kind.OrderBy(r => r.Start)]);
        }
    }

    private void Judge(int point, WindowRecord[] rows)
    {
        var line = new List<(RecordKey Key, long Start, long End, long T0, long T1)>();
        foreach (var row in rows.Concat(_gaps))
        {
            var gap = row.Kind == WindowKind.Gap ? null : Array.Find(_gaps, g => g.Start < row.End && g.End > row.Start && Says(g, point));
            foreach (ref readonly var segment in row.Segments)
            {
                foreach (ref readonly var input in row.InputsOf(segment))
                {
                    if (input.Point != point) continue;
                    if (gap is null) line.Add((row.Key, segment.Start, segment.End, input.T0, input.T1));
                    else if (input.T0 != input.T1 || input.Basis != Basis.Provisional) faults.Add($"{row.Key} of {point} says {input.T1 - input.T0}, {input.Basis}, as {gap.Key} does");
                    else if (row.Start < gap.Start || row.End > gap.End) faults.Add($"{row.Key} lies in {gap.Key} with a part of it");
                }
            }
        }
        line.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        for (var i = 1; i < line.Count; i++)
        {
            if (line[i - 1].End != line[i].Start) faults.Add($"{line[i - 1].Key} of {point} ends {UtcMicros.Format(line[i - 1].End)}, {line[i].Key} begins {UtcMicros.Format(line[i].Start)}");
            else if (line[i - 1].T1 != line[i].T0) faults.Add($"{line[i - 1].Key} of {point} ends with {line[i - 1].T1}, {line[i].Key} begins with {line[i].T0}");
        }
        Compare(point, line.ToDictionary(l => l.Start, l => l.T0));
    }

    private void Compare(int point, Dictionary<long, long> totals)
    {
        foreach (var window in unit.Where(r => r.Kind.FixedMicros > UtcMicros.PerMinute || r.Kind == WindowKind.Day))
        {
            foreach (ref readonly var segment in window.Segments)
            {
                foreach (ref readonly var input in window.InputsOf(segment))
                {
                    if (input.Point != point) continue;
                    if (totals.TryGetValue(segment.Start, out var start) && start != input.T0) faults.Add($"{window.Key} of {point} begins with {input.T0}, base windows and gap records say {start}");
                    if (totals.TryGetValue(segment.End, out var end) && end != input.T1) faults.Add($"{window.Key} of {point} ends with {input.T1}, base windows and gap records say {end}");
                }
            }
        }
    }

    private static bool Says(WindowRecord record, int point) => record.Inputs.ToArray().Any(i => i.Point == point);
}
