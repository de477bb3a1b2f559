using EdgeGateway.Metering.Units;
using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Amendments;

/// <summary>States stored records again, a bounded share at a time: units below first and parents last, of each unit the longest windows first.</summary>
internal sealed class AmendmentJobs
{
    /// <summary>Records looked at in one share.</summary>
    public const int Share = 256;

    private const long LongGap = 24 * UtcMicros.PerHour;
    private static readonly WindowKind[] Longer = [WindowKind.Month, WindowKind.Batch, WindowKind.Day, WindowKind.Shift, WindowKind.Hour, WindowKind.QuarterHour, WindowKind.Minute];
    private readonly List<UnitJob> _jobs = [];

    /// <summary>True while something is to be done.</summary>
    public bool Any => _jobs.Count > 0;

    /// <summary>Jobs under way.</summary>
    public IReadOnlyList<UnitJob> Jobs => _jobs;

    public void Add(UnitJob job) => _jobs.Add(job);

    /// <summary>Adds an amendment for a unit.</summary>
    public void Add(int unit, Amendment amendment)
    {
        var job = _jobs.Find(j => j.Unit == unit);
        if (job is null) _jobs.Add(job = new UnitJob { Unit = unit });
        job.Add(amendment);
    }

    /// <summary>Does the next share.</summary>
    /// <returns>Records stated again.</returns>
    public int Work(Revision revision, WindowKind baseKind, IRecordHistory history, Tracks tracks, UnitTrack[] units, IMeteringOutput output)
    {
        var (stated, left) = (0, Share);
        while (left > 0 && Next(units) is var (job, unit))
        {
            if (unit is null || Step(job, unit, revision, baseKind, history, tracks, output, ref left, ref stated)) _jobs.Remove(job);
        }
        return stated;
    }

    /// <summary>The job of the unit that stands lowest.</summary>
    private (UnitJob Job, UnitTrack? Unit)? Next(UnitTrack[] units)
    {
        (UnitJob, UnitTrack?)? next = null;
        var depth = -1;
        foreach (var job in _jobs)
        {
            var unit = Array.Find(units, u => u.Layout.Plan.Id == job.Unit);
            if (unit is null) return (job, null);
            if (unit.Layout.Depth <= depth) continue;
            (next, depth) = ((job, unit), unit.Layout.Depth);
        }
        return next;
    }

    /// <summary>One page of one kind; true once the unit is done.</summary>
    private static bool Step(UnitJob job, UnitTrack unit, Revision revision, WindowKind baseKind, IRecordHistory history, Tracks tracks, IMeteringOutput output, ref int left, ref int stated)
    {
        var (kinds, layout) = (Kinds(job, baseKind), unit.Layout);
        if (job.Kind < 0)
        {
            left--;
            foreach (var amendment in job.Amendments.Where(a => a.Ratio is not null))
            {
                amendment.Ratio!.LookUp(job.Unit, amendment.From, baseKind, history);
                unit.Settle(amendment.From, amendment.Ratio);
            }
            stated += StateGaps(job, layout, revision, tracks, output);
            (job.Kind, job.Cursor) = (0, long.MinValue);
            return false;
        }
        if (job.Kind >= kinds.Count) return true;
        var kind = kinds[job.Kind];
        var (from, to) = (job.Amendments.Min(a => a.From) - Longest(kind), job.Amendments.Max(a => a.To));
        var page = history.Read(job.Unit, kind, Math.Max(from, job.Cursor), to, left);
        foreach (var stored in page)
        {
            left--;
            var record = Divided(stored, job);
            if (!Amend(record, job, kind, revision.Epoch, tracks)) continue;
            record.Revision = revision;
            Amending.Refigure(record, layout, tracks.Plan);
            output.Record(record);
            stated++;
        }
        if (page.Count > 0 && left <= 0) job.Cursor = page[^1].Start + 1;
        else
        {
            left--;
            (job.Kind, job.Cursor) = (job.Kind + 1, long.MinValue);
        }
        return job.Kind >= kinds.Count;
    }

    /// <summary>A record over a boundary from which on another ratio holds says what was before and what is behind it apart.</summary>
    private static WindowRecord Divided(WindowRecord record, UnitJob job)
    {
        foreach (var amendment in job.Amendments)
        {
            if (amendment.Ratio is { } ratio && record.End <= amendment.To) record = RecordDivision.At(record, amendment.From, ratio);
        }
        return record;
    }

    private static bool Amend(WindowRecord record, UnitJob job, WindowKind kind, long epoch, Tracks tracks)
    {
        var changed = false;
        foreach (var amendment in job.Amendments)
        {
            if (record.Revision >= new Revision(epoch, amendment.Seq) || record.End <= amendment.From || record.End > amendment.To) continue;
            if (kind.FixedMicros is > 0 and <= UtcMicros.PerMinute && amendment.LongestGap > LongGap) continue;
            if (tracks.CounterOf(amendment.Point) is { } track) changed |= Amending.Apply(record, amendment, track);
        }
        return changed;
    }

    /// <summary>Over more than a day the base windows stay as they were stated, and share one record.</summary>
    private static int StateGaps(UnitJob job, UnitLayout layout, Revision revision, Tracks tracks, IMeteringOutput output)
    {
        var stated = 0;
        var gaps = job.Amendments.SelectMany(a => a.Stretches.Where(s => s.To.Time - s.From.Time > LongGap).Select(s => (Amendment: a, Stretch: s)))
            .GroupBy(g => UtcMicros.Floor(g.Stretch.From.Time, tracks.BaseMicros) + tracks.BaseMicros);
        foreach (var group in gaps)
        {
            var record = new WindowRecord { Unit = layout.Plan.Id, Kind = WindowKind.Gap, Start = group.Key, End = group.Min(g => UtcMicros.Floor(g.Stretch.To.Time, tracks.BaseMicros)), Revision = revision };
            var unknown = default(ByState);
            unknown[(int)MachineState.Unknown] = record.End - record.Start;
            record.BeginSegment(record.Start, record.End, SegmentCut.WindowEnd, null, unknown);
            foreach (var plan in layout.Inputs)
            {
                if (group.FirstOrDefault(g => g.Amendment.Point == tracks.Counters[plan.Slot]!.Point.Id) is not { Amendment: not null } gap) continue;
                var track = tracks.Counters[plan.Slot]!;
                var (start, end) = (gap.Stretch.At(record.Start, track.Cutting), gap.Stretch.At(record.End, track.Cutting));
                var input = RecordBuilder.Input(track, plan, InputSlice.Between(start, end, gap.Stretch.Flags, unknown), record.Start, record.End);
                record.Flags |= input.Flags;
                record.Add(input);
            }
            if (record.Inputs.Length == 0) continue;
            output.Record(record);
            stated++;
        }
        return stated;
    }

    private static List<WindowKind> Kinds(UnitJob job, WindowKind baseKind)
    {
        var kinds = Longer.ToList();
        if (!kinds.Contains(baseKind)) kinds.Add(baseKind);
        if (job.Amendments.TrueForAll(a => a.LongestGap <= LongGap)) kinds.Add(WindowKind.Gap);
        // Where everything is a gap of more than a day, the base windows are not looked at.
        if (job.Amendments.TrueForAll(a => a.LongestGap > LongGap)) kinds.RemoveAll(k => k == baseKind || k == WindowKind.Minute);
        return kinds;
    }

    private static long Longest(WindowKind kind) => kind.FixedMicros > 0 ? kind.FixedMicros : kind == WindowKind.Month || kind == WindowKind.Batch ? 32 * LongGap : 2 * LongGap;
}
