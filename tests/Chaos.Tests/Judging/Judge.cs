using System.Globalization;
using Chaos.Tests.Runs;
using EdgeGateway.FirmwareSim.Faults;
using EdgeGateway.FirmwareSim.Ledgers;

namespace Chaos.Tests.Judging;

/// <summary>Compares what arrived with the ledger of the truth.</summary>
/// <param name="ledger">The plant's.</param>
/// <param name="arrivals">What arrived.</param>
/// <param name="plantTime">Plant time of an instant of the gateway's, or null where the gateway's clock cannot be known; UTC microseconds.</param>
internal sealed class Judge(Ledger ledger, Arrivals arrivals, Func<long, long?> plantTime)
{
    /// <summary>Energy of a second, kWh, by which a standing register is seen: five steps where three are enough, for what power shows is a second old.</summary>
    private const double Noticeable = 0.005;

    /// <summary>How long after a register that stood still its windows may be out of step with the truth: until its leap has become possible.</summary>
    private const long Thawing = 6_000_000;

    /// <summary>Rounding of six decimal places, twice.</summary>
    private const double Rounding = 2e-6;

    /// <summary>A total in 1/65 536 step of 0.001 kWh, which is what every meter of the map counts in.</summary>
    private const double KilowattHoursPerQuantum = 0.001 / 65536;

    private static readonly string[] _units = ["workshop", "line-1", "line-2"];
    private static readonly string[] _kinds = ["1s", "1m"];

    /// <summary>Ledger comparisons that could have failed.</summary>
    public int Compared { get; private set; }

    /// <summary>True where something that arrived is wrong by itself: nothing that comes later cures it. What windows say of each other agrees when all have come.</summary>
    public bool SawUntruth { get; private set; }

    /// <summary>Complaints about all that arrived; those about windows after <paramref name="until"/> would be too early.</summary>
    /// <param name="until">Gateway time, UTC microseconds: every window that ends by then must have arrived, and be final.</param>
    /// <param name="outages">Stretches without a reading longer than the greatest gap: no window with an edge inside may be called exact.</param>
    public IReadOnlyList<string> Complaints(long until, IReadOnlyList<Outage> outages)
    {
        var complaints = new List<string>(arrivals.Complaints);
        Compared = 0;
        foreach (var record in arrivals.All) complaints.AddRange(Alone(record));
        SawUntruth = complaints.Exists(c => c.StartsWith("wrong", StringComparison.Ordinal));
        foreach (var unit in _units)
        {
            foreach (var kind in _kinds) complaints.AddRange(Series(arrivals.Series(unit, kind), until, outages));
            if (arrivals.Series(unit, "1s") is not [.., var last] || last.End < until) complaints.Add($"lost: no window of {unit} up to the end");
            complaints.AddRange(Minutes(unit));
        }
        return complaints;
    }

    /// <summary>Whatever a record says must be true when it is said, whichever revision it is.</summary>
    private IEnumerable<string> Alone(ArrivedRecord record)
    {
        if (record.Energy is not { } energy) yield return $"wrong: no electricity in {record}";
        else
        {
            if (energy.Bound is { } bound)
            {
                if (Kwh(record) is { } truth && !Frozen(record))
                {
                    Compared++;
                    if (Math.Abs(energy.Kwh - truth) > bound + Rounding) yield return Say("wrong", record, energy.Kwh, truth, bound);
                }
            }
            else if (energy.Basis == "exact" || (energy.Basis == "estimated" && !record.Flags.Contains("missing") && !record.Flags.Contains("ambiguous"))) yield return $"unflagged: no bound and no reason in {record}";
            if (Math.Abs(energy.Kwh - (energy.T1 - energy.T0) * KilowattHoursPerQuantum) > Rounding && energy.Inputs == 1) yield return $"wrong: kWh is not what the totals say in {record}";
        }
        foreach (var (count, truth) in Counts(record))
        {
            if (count?.Bound is not { } bound || record.Flags.Contains("missing")) continue;
            Compared++;
            if (Math.Abs(count.Pieces - truth) > bound) yield return Say("wrong", record, count.Pieces, truth, bound);
        }
    }

    private IEnumerable<string> Series(IReadOnlyList<ArrivedRecord> series, long until, IReadOnlyList<Outage> outages)
    {
        ArrivedRecord? first = null, before = null;
        double sum = 0;
        var read = false;
        foreach (var record in series)
        {
            if (record.Void || record.Energy is not { } energy)
            {
                yield return $"wrong: withdrawn, or without electricity: {record}";
                continue;
            }
            if (before is not null && before.End != record.Start) yield return $"{(before.End < record.Start ? "lost" : "doubled")}: {record} does not follow {before}";
            if (before is not null && before.Energy!.T1 != energy.T0) yield return $"{(before.Energy.T1 < energy.T0 ? "lost" : "doubled")}: {record} begins at {energy.T0}, the window before ended at {before.Energy.T1}";
            // Before a meter was read first nothing is known, and nothing ever will be.
            read |= energy.Basis != "none";
            if (record.End <= until && (energy.Basis == "provisional" || (energy.Basis == "none" && read))) yield return $"lost: never settled: {record}";
            if (energy.Basis == "exact" && outages.Any(o => Inside(record, o))) yield return $"unflagged: nobody read at an edge of {record}";
            if (energy.Basis == "exact" && StoodStill(record)) yield return $"unflagged: the register stood still in {record}";
            // Sums may not drift from the truth by more than their two ends allow: what windows lose or count twice would add up. A reset takes something away, and says so.
            if (record.Flags.Contains("missing")) first = null;
            else if (first is null && energy is { Bound: not null, Basis: "exact" } && plantTime(record.Start) is not null && !Frozen(record)) (first, sum) = (record, 0);
            if (first is not null)
            {
                sum += energy.Kwh;
                if (energy is { Bound: { } bound, Basis: "exact" } && Kwh(record.Name.Unit, first.Start, record.End) is { } truth && !Frozen(record))
                {
                    Compared++;
                    var (error, allowed) = (sum - truth, bound + first.Energy!.Bound!.Value + series.Count * Rounding);
                    if (Math.Abs(error) > allowed) yield return Say(error < 0 ? "lost" : "doubled", record, sum, truth, allowed) + " summed from " + first;
                }
            }
            before = record;
        }
    }

    /// <summary>A minute is the sum of its seconds, to the last quantum.</summary>
    private IEnumerable<string> Minutes(string unit)
    {
        var seconds = arrivals.Series(unit, "1s");
        foreach (var minute in arrivals.Series(unit, "1m"))
        {
            var within = seconds.Where(s => s.Start >= minute.Start && s.End <= minute.End).ToList();
            // The first minute of a store is cut by its beginning, the last may wait for its seconds.
            if (within.Count == 0 || within[^1].End != minute.End) continue;
            var sum = within.Sum(s => s.Energy!.T1 - s.Energy.T0);
            if (sum != minute.Energy!.T1 - minute.Energy.T0) yield return $"wrong: {minute} moved by {minute.Energy.T1 - minute.Energy.T0}, its seconds by {sum}";
        }
    }

    private IEnumerable<(ArrivedCount? Count, double Truth)> Counts(ArrivedRecord record)
    {
        if (record.Name.Unit == "workshop" || plantTime(record.Start) is not { } start || plantTime(record.End) is not { } end) yield break;
        yield return (record.Good, ledger.Good(record.Name.Unit, start, end));
        yield return (record.Scrap, ledger.Scrap(record.Name.Unit, start, end));
    }

    /// <summary>Whether the unit's meter shows something else than its total, somewhere in the window or shortly before.</summary>
    private bool Frozen(ArrivedRecord record) => Freezes(record.Name.Unit).Any(f => plantTime(record.Start) is not { } start || plantTime(record.End) is not { } end || (start < f.End + Thawing && end > f.Start));

    /// <summary>Whether the meter stood still all the while, something was used, and the record does not say so; while its power is hidden too, nobody can know.</summary>
    private bool StoodStill(ArrivedRecord record) =>
        !IsHidden(record) && record.Name.Kind == "1s" && record.Energy!.Kwh == 0 && !record.Flags.Contains("stale") && Kwh(record) is { } truth && truth > Noticeable
        && Freezes(record.Name.Unit).Any(f => plantTime(record.Start) > f.Start + 2_000_000 && plantTime(record.End) < f.End);

    private bool IsHidden(ArrivedRecord record) => ledger.Faults.Any(f => f.Fault.Kind is FaultKind.Zero or FaultKind.Sentinel && f.Fault.Device == record.Name.Unit
        && plantTime(record.Start) < f.End + Thawing && plantTime(record.End) > f.Start);

    private IEnumerable<LedgerFault> Freezes(string unit) => ledger.Faults.Where(f => f.Fault.Kind == FaultKind.Freeze && f.Fault.Device == unit);

    private double? Kwh(ArrivedRecord record) => Kwh(record.Name.Unit, record.Start, record.End);

    private double? Kwh(string unit, long start, long end) => plantTime(start) is { } from && plantTime(end) is { } to ? (double)ledger.EnergyOf(unit, from, to).KilowattHours : null;

    private bool Inside(ArrivedRecord record, Outage outage) =>
        (plantTime(record.Start) is { } start && outage.Covers(record.Name.Unit, start)) || (plantTime(record.End) is { } end && outage.Covers(record.Name.Unit, end));

    private static string Say(string verdict, ArrivedRecord record, double stated, double truth, double bound) =>
        string.Create(CultureInfo.InvariantCulture, $"{verdict}: {record}: {stated:F6}, truth {truth:F6}, bound {bound:F6}");
}
