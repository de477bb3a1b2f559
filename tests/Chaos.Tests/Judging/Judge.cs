using System.Globalization;
using EdgeGateway.FirmwareSim.Ledgers;

namespace Chaos.Tests.Judging;

/// <summary>Compares what arrived with the ledger of the truth.</summary>
/// <param name="ledger">The plant's.</param>
/// <param name="arrivals">What arrived.</param>
internal sealed class Judge(Ledger ledger, Arrivals arrivals)
{
    /// <summary>Rounding of six decimal places, twice.</summary>
    private const double Rounding = 2e-6;

    /// <summary>A total in 1/65 536 step of 0.001 kWh, which is what every meter of the map counts in.</summary>
    private const double KilowattHoursPerQuantum = 0.001 / 65536;

    private static readonly string[] _units = ["workshop", "line-1", "line-2"];
    private static readonly string[] _kinds = ["1s", "1m"];

    /// <summary>Ledger comparisons that could have failed.</summary>
    public int Compared { get; private set; }

    /// <summary>Complaints about all that arrived; those about windows after <paramref name="until"/> would be too early.</summary>
    /// <param name="until">UTC microseconds: every window that ends by then must have arrived, and be final.</param>
    /// <param name="outages">Stretches without a reading longer than the greatest gap: no window with an edge inside may be called exact.</param>
    public IReadOnlyList<string> Complaints(long until, IReadOnlyList<(long From, long To)> outages)
    {
        var complaints = new List<string>(arrivals.Complaints);
        Compared = 0;
        foreach (var record in arrivals.All) complaints.AddRange(Alone(record));
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
            var truth = Kwh(record.Name.Unit, record.Start, record.End);
            if (energy.Bound is { } bound)
            {
                Compared++;
                if (Math.Abs(energy.Kwh - truth) > bound + Rounding) yield return Say("wrong", record, energy.Kwh, truth, bound);
            }
            else if (energy.Basis == "exact" || (energy.Basis == "estimated" && !record.Flags.Contains("missing") && !record.Flags.Contains("ambiguous"))) yield return $"unflagged: no bound and no reason in {record}";
            if (Math.Abs(energy.Kwh - (energy.T1 - energy.T0) * KilowattHoursPerQuantum) > Rounding && energy.Inputs == 1) yield return $"wrong: kWh is not what the totals say in {record}";
        }
        foreach (var (count, truth) in Counts(record))
        {
            if (count?.Bound is not { } bound) continue;
            Compared++;
            if (Math.Abs(count.Pieces - truth) > bound) yield return Say("wrong", record, count.Pieces, truth, bound);
        }
    }

    private IEnumerable<string> Series(IReadOnlyList<ArrivedRecord> series, long until, IReadOnlyList<(long From, long To)> outages)
    {
        ArrivedRecord? first = null, before = null;
        double sum = 0;
        foreach (var record in series)
        {
            if (record.Void || record.Energy is not { } energy)
            {
                yield return $"wrong: withdrawn, or without electricity: {record}";
                continue;
            }
            if (before is not null && before.End != record.Start) yield return $"{(before.End < record.Start ? "lost" : "doubled")}: {record} does not follow {before}";
            if (before is not null && before.Energy!.T1 != energy.T0) yield return $"{(before.Energy.T1 < energy.T0 ? "lost" : "doubled")}: {record} begins at {energy.T0}, the window before ended at {before.Energy.T1}";
            if (record.End <= until && energy.Basis is "provisional" or "none") yield return $"lost: never settled: {record}";
            if (energy.Basis == "exact" && outages.Any(o => Inside(record.Start, o) || Inside(record.End, o))) yield return $"unflagged: nobody read at an edge of {record}";
            // Sums may not drift from the truth by more than their two ends allow: what windows lose or count twice would add up.
            if (first is null && energy.Bound is not null && energy.Basis == "exact") (first, sum) = (record, 0);
            if (first is not null)
            {
                sum += energy.Kwh;
                var truth = Kwh(record.Name.Unit, first.Start, record.End);
                if (energy.Bound is { } bound && energy.Basis == "exact")
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
        if (record.Name.Unit == "workshop") yield break;
        yield return (record.Good, ledger.Good(record.Name.Unit, record.Start, record.End));
        yield return (record.Scrap, ledger.Scrap(record.Name.Unit, record.Start, record.End));
    }

    private double Kwh(string unit, long start, long end) => (double)ledger.EnergyOf(unit, start, end).KilowattHours;

    private static bool Inside(long edge, (long From, long To) outage) => edge > outage.From && edge < outage.To;

    private static string Say(string verdict, ArrivedRecord record, double stated, double truth, double bound) =>
        string.Create(CultureInfo.InvariantCulture, $"{verdict}: {record}: {stated:F6}, truth {truth:F6}, bound {bound:F6}");
}
