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
        var (kinds, layout) = (Kinds(baseKind), unit.Layout);
        if (job.Kind < 0)
        {
            left--;
            job.Gaps = GapRecords.Read(job, history);
            foreach (var amendment in job.Amendments.Where(a => a.Ratio is not null))
            {
                amendment.Ratio!.LookUp(job.Unit, baseKind, history, job.Gaps);
                unit.Settle(amendment.Ratio);
            }
            stated += job.Gaps.State(job, layout, revision, tracks, output);
            (job.Kind, job.Cursor) = (0, long.MinValue);
            return false;
        }
        if (job.Kind >= kinds.Count) return true;
        var kind = kinds[job.Kind];
        var (from, to) = (job.Amendments.Min(a => a.From) - Longest(kind), job.Amendments.Max(a => Math.Min(a.To, a.Reaches)));
        var gaps = job.Gaps ??= GapRecords.Read(job, history);
        job.Cursor = Math.Max(from, job.Cursor);
        if (GapRecords.StandFor(kind)) job.Cursor = gaps.NextUncovered(job.Amendments, job.Cursor);
        var page = job.Cursor < to ? history.Read(job.Unit, kind, job.Cursor, to, left) : [];
        foreach (var stored in page)
        {
            left--;
            var record = Divided(stored, job);
            if (!(Align(record, job, tracks) | Amend(record, job, gaps, revision.Epoch, tracks))) continue;
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
        foreach (var amendment in job.Amendments) record = Divided(record, amendment);
        return record;
    }

    private static WindowRecord Divided(WindowRecord record, Amendment amendment) =>
        amendment.Ratio is { } ratio && record.End <= amendment.To ? RecordDivision.At(record, ratio) : record;

    /// <summary>Open windows that were over before their unit's turn came were stated by shares of time.</summary>
    private static bool Align(WindowRecord record, UnitJob job, Tracks tracks)
    {
        var aligned = false;
        foreach (var amendment in job.Amendments)
        {
            if (amendment.Ratio is not { } ratio || record.Start >= ratio.From || record.End <= ratio.From) continue;
            aligned |= RecordDivision.Align(record, ratio.From, point => TotalOf(point, ratio));
        }
        return aligned;

        long? TotalOf(int point, RatioChange ratio)
        {
            if (point == ratio.NewMeterOf || ratio.Known.FindIndex(k => k.Point == point) is not (>= 0 and var index)) return null;
            long? total = ratio.Known[index].Total;
            // What has become known of it since is told absolutely, or not at all.
            foreach (var other in job.Amendments)
            {
                if (other.Point != point) continue;
                if (tracks.CounterOf(point) is { } track && other.EdgeAt(ratio.From, track.Cutting) is { } edge) total = edge.Total;
                else if (other.Shift != 0 && ratio.From >= other.ShiftFrom) return null;
            }
            return total;
        }
    }

    private static bool Amend(WindowRecord record, UnitJob job, GapRecords gaps, long epoch, Tracks tracks)
    {
        var changed = false;
        foreach (var amendment in job.Amendments)
        {
            if (record.Revision >= new Revision(epoch, amendment.Seq) || record.End <= amendment.From || record.End > amendment.To || record.Start >= amendment.Reaches) continue;
            if (GapRecords.StandFor(record.Kind) && gaps.Holds(amendment.Point, record.Start, record.End)) continue;
            if (tracks.CounterOf(amendment.Point) is { } track) changed |= Amending.Apply(record, amendment, track);
        }
        return changed;
    }

    private static List<WindowKind> Kinds(WindowKind baseKind)
    {
        var kinds = Longer.ToList();
        if (!kinds.Contains(baseKind)) kinds.Add(baseKind);
        return kinds;
    }

    private static long Longest(WindowKind kind) => kind.FixedMicros > 0 ? kind.FixedMicros : (kind == WindowKind.Month || kind == WindowKind.Batch ? 32 : 2) * 24 * UtcMicros.PerHour;
}
