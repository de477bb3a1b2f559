using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Tests.Plants;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Histories;

/// <summary>Holds what was said of a history against its truth.</summary>
internal sealed class Verdict(History history)
{
    private readonly List<string> _faults = [];
    private readonly Dictionary<int, bool> _told = [];
    private readonly Dictionary<int, long> _takenOff = [];
    private readonly Dictionary<int, long[]> _stamps = [];
    private readonly Dictionary<(int Meter, long Time, bool Behind), long> _readings = [];

    /// <summary>Windows whose bound was put to the test.</summary>
    public int Bounded { get; private set; }

    /// <summary>Windows that lie in what an honest reader cannot know, and whose bound was therefore not.</summary>
    public int Unknowable { get; private set; }

    public int Exact { get; private set; }

    /// <summary>Of the bounds that were put to the test, those of windows of which more than one count was possible.</summary>
    public int Ambiguous { get; private set; }

    public int Resets { get; private set; }

    /// <summary>Parts of windows behind a meter's replacement by one with another ratio.</summary>
    public int Exchanged { get; private set; }

    public int Batches { get; private set; }

    public int Gaps { get; private set; }

    public IReadOnlyList<string> Faults()
    {
        foreach (var stream in history.Said.Final.GroupBy(r => (r.Unit, r.Kind)))
        {
            var windows = stream.OrderBy(r => r.Start).ToArray();
            // Base windows and gap records join each other.
            for (var i = 1; i < windows.Length && stream.Key.Kind != WindowKind.Batch && stream.Key.Kind.FixedMicros is not (> 0 and <= UtcMicros.PerMinute) && stream.Key.Kind != WindowKind.Gap; i++) Join(windows[i - 1], windows[i]);
            foreach (var window in windows) Judge(window);
        }
        for (var m = 0; m < history.Meters.Count; m++) JudgeResets(m);
        JudgeBatches();
        foreach (var unit in history.Said.Final.GroupBy(r => r.Unit))
        {
            var gaps = new GapVerdict([.. unit], _faults);
            gaps.Judge();
            Gaps += gaps.Count;
        }
        return _faults;
    }

    private void Join(WindowRecord one, WindowRecord next)
    {
        if (one.End != next.Start) _faults.Add($"{one.Key} ends {UtcMicros.Format(one.End)}, the next begins {UtcMicros.Format(next.Start)}");
        var inputs = one.InputsOf(one.Segments[^1]);
        for (var i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].T1 != next.Inputs[i].T0) _faults.Add($"{one.Key} ends with {inputs[i].T1}, the next begins with {next.Inputs[i].T0}");
        }
    }

    private void Judge(WindowRecord window)
    {
        if (window.CoveredMicros < 0 || window.CoveredMicros > window.End - window.Start) _faults.Add($"{window.Key} covers {window.CoveredMicros}");
        var end = window.Start;
        foreach (ref readonly var segment in window.Segments)
        {
            if (segment.Start != end || segment.StateMicros.Sum != segment.End - segment.Start) _faults.Add($"{window.Key}: its segments do not join, or their states do not sum");
            end = segment.End;
            foreach (ref readonly var input in window.InputsOf(segment)) Judge(window, segment.Start - Feed.Origin, segment.End - Feed.Origin, input);
        }
        if (end != window.End) _faults.Add($"{window.Key}: its segments end before it");
    }

    private void Judge(WindowRecord window, long start, long end, in WindowInput input)
    {
        var meter = history.Meters[input.Point - 100];
        if (input.ByState.Sum != input.T1 - input.T0) _faults.Add($"{window.Key}: states do not sum");
        if (input.Basis == Basis.Exact && !(Bracketed(input.Point - 100, start) && Bracketed(input.Point - 100, end))) _faults.Add($"{window.Key} of {input.Point} claims to be exact, and has no samples about its edges");
        if (input.Basis == Basis.Exact) Exact++;
        if (input.Bound == long.MaxValue && (input.Flags & (WindowFlags.Ambiguous | WindowFlags.Missing | WindowFlags.ZeroedByShift)) == WindowFlags.Ambiguous && !IsSharedOut(start, end, input.Point - 100)) _faults.Add($"{window.Key} of {input.Point} is ambiguous and does not say by how much");
        var other = meter.Exchange;
        // What was refused, or is awaited still, says nothing of the other meter.
        if (other is not null && !Told(input.Point - 100) && end > LastReading(input.Point - 100, other.At)) return;
        // Of minutes for which a gap record stands only that speaks.
        if (other is not null && end > other.At && (input.Basis != Basis.Provisional || input.T0 != input.T1))
        {
            Exchanged++;
            var at = TakenOff(input.Point - 100);
            if (start < at && end > at) _faults.Add($"{window.Key} {start / 1e6}-{end / 1e6} of {input.Point} is not cut where its meter was replaced, {at / 1e6}");
            if (end > at && input.Ratio != other.Ratio) _faults.Add($"{window.Key} {start / 1e6}-{end / 1e6} of {input.Point} has ratio {input.Ratio} and not {other.Ratio}, from {at / 1e6} on");
            if (end <= at && input.Ratio != ExactDecimal.One) _faults.Add($"{window.Key} {start / 1e6}-{end / 1e6} of {input.Point} has ratio {input.Ratio} before its meter was replaced");
        }
        else if (other is not null && input.Ratio != ExactDecimal.One && Told(input.Point - 100) && end <= TakenOff(input.Point - 100)) _faults.Add($"{window.Key} {start / 1e6}-{end / 1e6} of {input.Point} has ratio {input.Ratio} before its meter was replaced");
        if (input.Bound == long.MaxValue) return;
        if (CannotKnow(input.Point - 100, start, end))
        {
            Unknowable++;
            return;
        }
        Bounded++;
        if ((input.Flags & WindowFlags.Ambiguous) != 0) Ambiguous++;
        var stepUnits = other is not null && input.Ratio == other.Ratio ? other.StepUnits : TrueMeter.StepUnits;
        var said = (Int128)(input.T1 - input.T0) * stepUnits;
        var truth = (Int128)(meter.Energy(end) - meter.Energy(Math.Max(0, start))) * CounterLine.One;
        if (start >= 0 && Int128.Abs(said - truth) > (Int128)input.Bound * stepUnits)
        {
            _faults.Add($"{window.Key} {start / 1e6}-{end / 1e6} of {input.Point}: said {Steps(said)}, true {Steps(truth)}, bound {input.Bound / (double)CounterLine.One:0.###}, {input.Basis} {input.Flags} rev {window.Revision.Seq}; {meter}");
        }
    }

    /// <summary>Batches: they follow each other, and each is the sum of what base windows say of it.</summary>
    private void JudgeBatches()
    {
        foreach (var unit in history.Said.Final.GroupBy(r => r.Unit))
        {
            var parts = unit.Where(r => r.Kind == history.Base).SelectMany(r => r.Segments.ToArray().Where(s => s.Batch is not null).Select(s => (s.Batch, s.Start, s.End, Moved: r.InputsOf(s)[0].T1 - r.InputsOf(s)[0].T0, r.Revision.Seq))).OrderBy(p => p.Start).ToArray();
            var end = long.MinValue;
            foreach (var batch in unit.Where(r => r.Kind == WindowKind.Batch).OrderBy(r => r.Start))
            {
                Batches++;
                if (batch.Start < end) _faults.Add($"{batch.Key} begins before the one before it ends");
                end = batch.End;
                var own = parts.Where(p => p.Batch == batch.WindowId && p.Start >= batch.Start && p.End <= batch.End).ToArray();
                if (own.Sum(p => p.End - p.Start) != batch.End - batch.Start || own.Sum(p => p.Moved) != batch.Inputs.ToArray().Sum(i => i.T1 - i.T0)) _faults.Add($"{batch.Key} until {UtcMicros.Format(batch.End)} is not the sum of its parts: {own.Sum(p => p.End - p.Start)} of {batch.End - batch.Start} µs, {own.Sum(p => p.Moved)} of {batch.Inputs.ToArray().Sum(i => i.T1 - i.T0)}; {batch.Inputs[0].Basis} rev {batch.Revision.Seq}; {string.Join(' ', own.Select(p => $"{(p.Start - Feed.Origin) / 1e6}:{p.Moved}@{p.Seq}"))}; {history.Meters[batch.Inputs[0].Point - 100]}");
            }
        }
    }

    /// <summary>Energy of the reset's stretch is lost; its windows must say so, unless nobody could have seen it.</summary>
    private void JudgeResets(int m)
    {
        // Whether a late reading was taken in or not: nobody need see what only it, or only its lack, would show.
        List<History.Delivery> all = [.. history.Delivered[m].Concat(history.Late.Where(l => l.Meter == m).Select(l => l.Reading)).OrderBy(r => r.Asked)];
        foreach (var reset in history.Meters[m].Resets.Concat(history.Meters[m].Jumps))
        {
            if (history.Meters[m].Jumps.Contains(reset) ? Undone(m, reset) : Unseen(m, reset, history.Delivered[m]) || Unseen(m, reset, all)) continue;
            if (history.Meters[m].Frozen.Exists(f => f.From <= reset && reset < f.To)) continue;
            Resets++;
            foreach (var window in history.Said.Final)
            {
                foreach (ref readonly var segment in window.Segments)
                {
                    if (segment.Start - Feed.Origin + history.MaxSpread > reset || segment.End - Feed.Origin - history.MaxSpread <= reset) continue;
                    foreach (ref readonly var input in window.InputsOf(segment))
                    {
                        if (input.Point != m + 100) continue;
                        var flagged = (input.Flags & (WindowFlags.Missing | WindowFlags.ZeroedByShift | WindowFlags.Ambiguous)) != 0;
                        if (!flagged && input.Basis < Basis.Provisional) _faults.Add($"{window.Key} of {input.Point} holds a reset or jump and says {input.Basis} {input.Flags}; {history.Meters[m]}");
                    }
                }
            }
        }
    }

    /// <summary>True where a part of a window ends or begins where another counter's meter was replaced: totals there may be shared out by time, without a bound.</summary>
    private bool IsSharedOut(long start, long end, int m) => Enumerable.Range(0, history.Meters.Count).Any(o => o != m && history.Meters[o].Exchange is not null && Told(o) && TakenOff(o) is var at && (at == start || at == end));

    private bool Told(int m) => _told.TryGetValue(m, out var told) ? told : _told[m] = history.IsToldOf(m);

    /// <summary>The time from which on the other ratio holds: that of the last reading of the old meter where the stamp of that lies behind what was said, and a minute's in a silence of more than a day.</summary>
    private long TakenOff(int m)
    {
        if (_takenOff.TryGetValue(m, out var known)) return known;
        var at = history.Meters[m].Exchange!.At;
        if (!Told(m)) return _takenOff[m] = at;
        // Never further from it than stamps may be off, or a minute.
        var starts = history.Said.Final.SelectMany(r => r.Segments.ToArray().Where(s => Array.Exists(r.InputsOf(s).ToArray(), i => i.Point == m + 100 && i.Ratio == history.Meters[m].Exchange!.Ratio))).Select(s => s.Start - Feed.Origin);
        var first = starts.DefaultIfEmpty(at).Min();
        var silent = NextReading(m, at) - LastReading(m, at) > 86_000_000_000;
        return _takenOff[m] = Math.Abs(first - at) <= (silent ? 60_000_000 : history.MaxSpread + 1) ? first : at;
    }

    private bool Bracketed(int m, long edge)
    {
        if (history.Meters[m].Exchange is not null && Told(m) && edge == TakenOff(m)) return true;
        // What came late may have been taken in.
        if (!_stamps.TryGetValue(m, out var stamps)) _stamps[m] = stamps = [.. history.Delivered[m].Select(d => d.Stamp).Concat(history.Late.Where(l => l.Meter == m).Select(l => l.Reading.Stamp)).Concat(history.Meters[m].Exchange is not null && Told(m) ? [TakenOff(m)] : []).Order()];
        var index = Array.BinarySearch(stamps, edge);
        return index >= 0 || (~index > 0 && ~index < stamps.Length && stamps[~index] - stamps[~index - 1] <= 3L * history.Poll * 1_000_000);
    }

    /// <summary>A frozen register, and a reset that nobody could see.</summary>
    private bool CannotKnow(int m, long start, long end)
    {
        var meter = history.Meters[m];
        foreach (var (from, to) in meter.Frozen)
        {
            // Until it is read again: a false zero in between says nothing of it.
            if (from < end && NextHonest(m, to) > start) return true;
        }
        // A passing zero near the modulus looks like a rollover; one of a register that stands at two steps, like noise.
        if (meter.Zeros.Exists(z => LastReading(m, z.From) < end && NextReading(m, z.To) > start && history.Delivered[m].FindLastIndex(r => r.Asked < z.From) is var i and >= 0
            && (history.Delivered[m][i].Value <= 2 || ThroughZero(meter, history.Delivered[m][i], history.Delivered[m].Find(r => r.Asked >= z.From) with { Value = 0 })))) return true;
        foreach (var reset in meter.Resets)
        {
            if (LastReading(m, reset) < end && NextReading(m, reset + meter.Plan.UpdateMicros) > start && Unseen(m, reset, history.Delivered[m])) return true;
        }
        return false;
    }

    /// <summary>Nobody saw a reset where the first readings after it stand within two steps of the old line or beyond it, or where they may have come through zero.</summary>
    private bool Unseen(int m, long reset, List<History.Delivery> readings)
    {
        var meter = history.Meters[m];
        var before = readings.FindLastIndex(r => r.Asked < reset && !InZero(meter, r.Asked));
        var after = readings.FindIndex(r => r.Asked >= reset && !InZero(meter, r.Asked));
        if (before < 0 || after < 0) return true;
        var (line, next) = (readings[before], readings[after]);
        if (next.Value >= line.Value - 2) return true;
        // A passing zero in the minute after it wipes out the new line's beginning; by then the register may have regained the old one.
        if (meter.Zeros.Exists(z => z.From < reset + 90_000_000 && z.To > reset && readings.Exists(r => r.Asked >= z.To && r.Asked < z.To + 60_000_000 && r.Value >= line.Value - 2))) return true;
        return ThroughZero(meter, line, next);
    }

    /// <summary>A jump that a reset takes back before it was believed, or that nobody read, leaves no trace.</summary>
    private bool Undone(int m, long jump) => history.Meters[m].Resets.Exists(r => r > jump) || history.Delivered[m].TrueForAll(d => d.Asked < jump || InZero(history.Meters[m], d.Asked));

    private bool ThroughZero(TrueMeter meter, History.Delivery line, History.Delivery next) => meter.Plan.Modulus is { } modulus
        && modulus - line.Value + next.Value <= 1.2 * meter.Plan.RatedStepsPerSecond * (next.Stamp - line.Stamp + meter.Plan.UpdateMicros + history.MaxSpread) / 1e6 + 2;

    private long NextHonest(int m, long time) => _readings.TryGetValue((m, ~time, true), out var known) ? known
        : _readings[(m, ~time, true)] = history.Delivered[m].Where(r => r.Asked >= time && !InZero(history.Meters[m], r.Asked)).Select(r => r.Stamp).DefaultIfEmpty(long.MaxValue).Min();

    private static bool InZero(TrueMeter meter, long time) => meter.Zeros.Exists(z => time >= z.From && time < z.To);

    private long LastReading(int m, long time) => _readings.TryGetValue((m, time, false), out var known) ? known : _readings[(m, time, false)] = history.Delivered[m].Where(r => r.Asked < time).Select(r => r.Stamp).DefaultIfEmpty(0).Max();

    private long NextReading(int m, long time) => _readings.TryGetValue((m, time, true), out var known) ? known : _readings[(m, time, true)] = history.Delivered[m].Where(r => r.Asked >= time).Select(r => r.Stamp).DefaultIfEmpty(long.MaxValue).Min();

    private static string Steps(Int128 quanta) => ((double)quanta / TrueMeter.StepUnits / CounterLine.One).ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
}
