using EdgeGateway.Metering.Units;
using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Amendments;

/// <summary>The gap records of one unit. Each stands, for the counters in it, in the place of more than a day of base windows: those were never stated, or hold the counter's total and are not stated again.</summary>
/// <remarks>
/// They never overlap, and none is ever divided in time, so that every total stays what all other records say. Where a counter's gap reaches only into a part of one, or less than a day is left between two, its base
/// windows there are stated again one by one. So each energy is either in base windows or in one gap record.
/// </remarks>
internal sealed class GapRecords
{
    /// <summary>Over a gap longer than this, base windows share one record.</summary>
    public const long LongGap = 24 * UtcMicros.PerHour;

    private const int Page = 64;
    private readonly List<WindowRecord> _records = [];
    private readonly HashSet<long> _changed = [];

    /// <summary>Reads those that a job may change or that base windows may lie in.</summary>
    public static GapRecords Read(UnitJob job, IRecordHistory history)
    {
        var gaps = new GapRecords();
        var (from, to) = (job.Amendments.Min(a => a.From) - UtcMicros.PerMinute, job.Amendments.Max(a => a.To));
        // They are few, and the newest that begins before may reach far.
        for (var cursor = long.MinValue; cursor < to && history.Read(job.Unit, WindowKind.Gap, cursor, to, Page) is { Count: > 0 } page; cursor = page[^1].Start + 1) gaps._records.AddRange(page.Where(r => r.End > from));
        return gaps;
    }

    /// <summary>True where one of them stands for a counter's base window.</summary>
    public bool Holds(int point, long start, long end) => _records.Exists(r => r.Start <= start && r.End >= end && Has(r, point));

    /// <summary>True for windows in whose place they stand: minutes and what is shorter.</summary>
    public static bool StandFor(WindowKind kind) => kind.FixedMicros is > 0 and <= UtcMicros.PerMinute;

    /// <summary>What they say of totals at a time in them.</summary>
    public IEnumerable<(int Point, long Total)> TotalsAt(long time) =>
        from record in _records
        from segment in record.Segments.ToArray()
        where segment.Start <= time && segment.End > time
        from input in record.InputsOf(segment).ToArray()
        select (input.Point, input.T0 + (long)((Int128)(input.T1 - input.T0) * (time - segment.Start) / (segment.End - segment.Start)));

    /// <summary>From a time on, where base windows begin that an amendment concerns and no gap record stands for.</summary>
    public long NextUncovered(List<Amendment> amendments, long from)
    {
        while (true)
        {
            var next = long.MaxValue;
            foreach (var amendment in amendments)
            {
                if (from >= amendment.To) continue;
                var first = Math.Max(from, amendment.From - UtcMicros.PerMinute);
                next = Math.Min(next, _records.Find(r => r.Start <= first && r.End > first && Has(r, amendment.Point))?.End ?? first);
            }
            if (next <= from || next == long.MaxValue) return Math.Max(from, next);
            from = next;
        }
    }

    /// <summary>States those again that say something else by the job's amendments, and new ones for the long gaps that these tell of.</summary>
    /// <returns>Records stated.</returns>
    public int State(UnitJob job, UnitLayout layout, Revision revision, Tracks tracks, IMeteringOutput output)
    {
        foreach (var amendment in job.Amendments)
        {
            if (tracks.CounterOf(amendment.Point) is not { } track) continue;
            for (var i = 0; i < _records.Count; i++) Amend(i, amendment, track, revision.Epoch);
            foreach (var stretch in amendment.Stretches)
            {
                if (stretch.To.Time - stretch.From.Time > LongGap) Take(amendment, new LongGapOf(stretch, track, tracks.SlotOf(amendment.Point), layout));
            }
        }
        foreach (var record in _records.Where(r => _changed.Contains(r.Start)))
        {
            record.Revision = revision;
            if (record.Figures.Length > 0) Amending.Refigure(record, layout, tracks.Plan);
            output.Record(record);
        }
        var stated = _changed.Count;
        _changed.Clear();
        return stated;
    }

    private void Amend(int index, Amendment amendment, CounterTrack track, long epoch)
    {
        var record = _records[index];
        // Whether it ends behind what the amendment speaks of: nobody else states it again.
        if (record.Revision >= new Revision(epoch, amendment.Seq) || record.End <= amendment.From || record.Start >= amendment.To) return;
        if (amendment.Ratio is { } ratio) record = RecordDivision.At(record, ratio);
        if (!Amending.Apply(record, amendment, track)) return;
        _records[index] = record;
        _changed.Add(record.Start);
    }

    /// <summary>The base windows of a long gap that held the total: those of more than a day in a row share a record.</summary>
    private void Take(Amendment amendment, in LongGapOf gap)
    {
        // A unit also follows counters of which its records say nothing: its children's, and the supply's.
        var slot = gap.Slot;
        if (amendment.HeldFrom >= amendment.To || !Array.Exists(gap.Layout.Inputs, i => i.Slot == slot)) return;
        var from = Math.Max(UtcMicros.Floor(gap.Stretch.From.Time, UtcMicros.PerMinute) + UtcMicros.PerMinute, -UtcMicros.Floor(-Math.Max(amendment.HeldFrom, amendment.From), UtcMicros.PerMinute));
        var to = UtcMicros.Floor(Math.Min(gap.Stretch.To.Time, amendment.To), UtcMicros.PerMinute);
        foreach (var record in _records.ToArray())
        {
            if (record.End <= from || record.Start >= to) continue;
            Begin(from, record.Start, gap);
            if (record.Start >= from && record.End <= to && !Has(record, amendment.Point) && gap.Track.Line.NextRatio(record.Start, gap.Track.BaseMicros) >= record.End) Join(record, gap);
            from = Math.Max(from, record.End);
        }
        Begin(from, to, gap);
    }

    private void Begin(long from, long to, in LongGapOf gap)
    {
        for (var end = from; from < to; from = end)
        {
            end = Math.Min(to, gap.Track.Line.NextRatio(from, gap.Track.BaseMicros));
            if (end - from <= LongGap) continue;
            var record = new WindowRecord { Unit = gap.Layout.Plan.Id, Kind = WindowKind.Gap, Start = from, End = end };
            record.BeginSegment(from, end, SegmentCut.WindowEnd, null, Unknown(from, end));
            Add(record, from, end, gap);
            _records.Insert(_records.FindLastIndex(r => r.Start < record.Start) + 1, record);
            _changed.Add(from);
        }
    }

    private void Join(WindowRecord record, in LongGapOf gap)
    {
        var joined = RecordDivision.Headed(record);
        foreach (ref readonly var segment in record.Segments)
        {
            joined.BeginSegment(segment.Start, segment.End, segment.Cut, segment.Batch, segment.StateMicros, segment.Product);
            foreach (ref readonly var input in record.InputsOf(segment)) joined.Add(input);
            Add(joined, segment.Start, segment.End, gap);
        }
        foreach (ref readonly var figure in record.Figures) joined.Add(figure);
        _records[_records.IndexOf(record)] = joined;
        _changed.Add(joined.Start);
    }

    private static void Add(WindowRecord record, long start, long end, in LongGapOf gap)
    {
        var slice = InputSlice.Between(gap.Stretch.At(start, gap.Track.Cutting), gap.Stretch.At(end, gap.Track.Cutting), gap.Stretch.Flags, Unknown(start, end));
        foreach (var plan in gap.Layout.Inputs)
        {
            if (plan.Slot != gap.Slot) continue;
            var input = RecordBuilder.Input(gap.Track, plan, slice, start, end);
            record.Flags |= input.Flags;
            record.Add(input);
        }
    }

    private static bool Has(WindowRecord record, int point)
    {
        foreach (ref readonly var input in record.Inputs)
        {
            if (input.Point == point) return true;
        }
        return false;
    }

    private static ByState Unknown(long start, long end)
    {
        var states = default(ByState);
        states[(int)MachineState.Unknown] = end - start;
        return states;
    }

    private readonly record struct LongGapOf(Stretch Stretch, CounterTrack Track, int Slot, UnitLayout Layout);
}
