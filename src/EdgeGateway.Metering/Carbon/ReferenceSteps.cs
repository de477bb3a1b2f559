using System.Collections.Immutable;
using EdgeGateway.Records.Binary;

namespace EdgeGateway.Metering.Carbon;

/// <summary>Which row holds when, for one use, carrier and dimension: made once a plan, asked for every window. Immutable.</summary>
public sealed class ReferenceSteps
{
    private readonly ImmutableArray<ReferenceStep> _steps;

    private ReferenceSteps(ImmutableArray<ReferenceStep> steps) => _steps = steps;

    /// <summary>Times at which another row begins to hold, UTC microseconds, ascending.</summary>
    public IEnumerable<long> Changes => _steps.Skip(1).Where((s, i) => (s.Holds, s.PerBase) != (_steps[i].Holds, _steps[i].PerBase)).Select(s => s.From);

    /// <summary>What holds at a time.</summary>
    public ReferenceStep At(long time)
    {
        var found = _steps[0];
        foreach (var step in _steps)
        {
            if (step.From > time) break;
            found = step;
        }
        return found;
    }

    /// <summary>The steps of rows that do not overlap.</summary>
    /// <param name="rows">Rows of one use, carrier, kind and dimension.</param>
    /// <param name="policy">Which year's row a window takes; of no weight for coefficients and fuels, which are not yearly.</param>
    /// <param name="startOf">UTC microseconds at which a local day begins.</param>
    public static ReferenceSteps Of(IReadOnlyList<ReferenceRow> rows, ReferencePolicy policy, Func<DateOnly, long> startOf)
    {
        var days = new SortedSet<DateOnly>();
        foreach (var row in rows)
        {
            days.Add(row.From);
            if (row.To is { } to) days.Add(to);
            if (!row.Use.IsYearly()) continue;
            days.Add(new DateOnly(row.Year, 1, 1));
            days.Add(new DateOnly(row.Year + 1, 1, 1));
        }
        var steps = ImmutableArray.CreateBuilder<ReferenceStep>();
        steps.Add(StepOf(rows, policy, DateOnly.MinValue, long.MinValue));
        foreach (var day in days) steps.Add(StepOf(rows, policy, day, startOf(day)));
        return new ReferenceSteps(steps.ToImmutable());
    }

    private static ReferenceStep StepOf(IReadOnlyList<ReferenceRow> rows, ReferencePolicy policy, DateOnly day, long from)
    {
        var published = rows.FirstOrDefault(r => r.From <= day && (r.To is not { } to || day < to));
        var row = rows.FirstOrDefault(r => policy == ReferencePolicy.ActivityYear && r.Use.IsYearly() && r.Year == day.Year) ?? published;
        return row is null
            ? new ReferenceStep(from, false, default, false, false)
            : new ReferenceStep(from, true, row.PerBase, row.Verified, row.Use.IsYearly() && row.Year != day.Year) { Row = row };
    }

    internal void Save(ByteWriter w)
    {
        w.Unsigned((ulong)_steps.Length);
        foreach (var step in _steps) step.Save(w);
    }

    /// <summary>Null where the bytes hold none.</summary>
    internal static ReferenceSteps? Load(ref ByteReader r)
    {
        var steps = new ReferenceStep[r.Count(4)];
        for (var i = 0; i < steps.Length; i++) steps[i] = ReferenceStep.Load(ref r);
        return steps.Length == 0 || r.Failed ? null : new ReferenceSteps([.. steps]);
    }
}
