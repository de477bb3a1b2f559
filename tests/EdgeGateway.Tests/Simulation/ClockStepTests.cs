using EdgeGateway.Records.Events;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Tests.Simulation;

/// <summary>The system clock is set while the gateway runs: windows join, sum up to what the meters counted, and say when nobody could vouch for their times.</summary>
public sealed class ClockStepTests
{
    private static readonly string[] Units = ["workshop", "line-1", "line-2"];

    [Fact]
    public async Task A_clock_that_was_behind_steps_ahead_and_no_energy_is_lost_or_counted_twice()
    {
        await using var run = new SimulatedRun(21);
        run.StepSystemClock(TimeSpan.FromHours(-1));
        run.StartGateway();
        await run.RunForAsync(TimeSpan.FromMinutes(20.4));
        run.StepSystemClock(TimeSpan.FromHours(1));
        await run.RunForAsync(TimeSpan.FromMinutes(20));
        var judge = await JudgeAsync(run, SimulatedRun.Begin.AddMinutes(22));

        Assert.Equal([("3600.000", "true")], Steps(run));
        // An hour that nobody lived through lies between: estimated or in a gap, and its energy is that of the second in which the clock was set.
        var minutes = judge.Of("line-1", WindowKind.Minute).ToList();
        Assert.Equal(TimeSpan.FromHours(-1), UtcMicros.ToInstant(minutes[0].Start) - SimulatedRun.Begin);
        Assert.Contains(minutes, m => (m.Flags & WindowFlags.Gap) != 0);
        Conserved(run, judge);
        Assert.All(minutes.Where(m => m.Start >= UtcMicros.From(SimulatedRun.Begin.AddMinutes(22))), m => Assert.Equal(WindowFlags.None, m.Flags & WindowFlags.ClockUnverified));
    }

    [Fact]
    public async Task A_clock_that_was_ahead_is_given_back_slowly_across_a_crash_and_every_instant_counts_once()
    {
        await using var run = new SimulatedRun(22);
        run.StepSystemClock(TimeSpan.FromMinutes(6));
        run.StartGateway();
        await run.RunForAsync(TimeSpan.FromMinutes(10.3));
        run.StepSystemClock(TimeSpan.FromMinutes(-6));
        await run.RunForAsync(TimeSpan.FromMinutes(15));
        var ahead = run.Gateway!.Supervisor.Ingest.Clock.Ahead;
        Assert.InRange(ahead, 265 * UtcMicros.PerSecond, 275 * UtcMicros.PerSecond);
        // Simulated time runs far ahead of the disk, which is not part of it.
        await run.Gateway.Store.FlushAsync(TestContext.Current.CancellationToken);
        await run.CrashGatewayAsync();
        await run.RunForAsync(TimeSpan.FromSeconds(40));
        run.StartGateway();
        await run.RunForAsync(TimeSpan.FromMinutes(1));
        Assert.InRange(run.Gateway.Supervisor.Ingest.Clock.Ahead, 210 * UtcMicros.PerSecond, 230 * UtcMicros.PerSecond);
        await run.RunForAsync(TimeSpan.FromMinutes(54));
        var agreed = SimulatedRun.Begin.AddMinutes(72);
        var judge = await JudgeAsync(run, agreed);

        Assert.Contains(("-360.000", "slowly"), Steps(run));
        var minutes = judge.Of("line-1", WindowKind.Minute).ToList();
        // While it is given back nothing is vouched for; from then on everything is.
        var slow = minutes.Where(m => m.Start >= UtcMicros.From(SimulatedRun.Begin.AddMinutes(17)) && m.End <= UtcMicros.From(SimulatedRun.Begin.AddMinutes(60))).ToList();
        Assert.True(slow.Count > 35);
        Assert.All(slow, m => Assert.NotEqual(WindowFlags.None, m.Flags & WindowFlags.ClockUnverified));
        Assert.All(minutes.Where(m => m.Start >= UtcMicros.From(agreed)), m => Assert.Equal(WindowFlags.None, m.Flags & WindowFlags.ClockUnverified));
        Assert.True(run.Gateway.Supervisor.Ingest.Clock is { Verified: true, Ahead: 0, Source: "simulated" });
        Conserved(run, judge);
    }

    [Fact]
    public async Task A_clock_forty_days_behind_that_nobody_vouched_for_leaves_few_records_when_it_is_set()
    {
        await using var run = new SimulatedRun(23);
        run.ClockVouchedFor = false;
        run.StepSystemClock(TimeSpan.FromDays(-40));
        run.StartGateway();
        await run.RunForAsync(TimeSpan.FromMinutes(20));
        run.StepSystemClock(TimeSpan.FromDays(40));
        run.ClockVouchedFor = true;
        await run.RunForAsync(TimeSpan.FromMinutes(60));
        await run.Gateway!.Store.FlushAsync(TestContext.Current.CancellationToken);
        var judge = LedgerJudge.Of(run.Plant.Ledger, run.Gateway.Plant.Names, run.Gateway.Store, UtcMicros.From(SimulatedRun.Begin.AddMinutes(22)));
        Assert.DoesNotContain(judge.Complaints, c => c.Contains("truth", StringComparison.Ordinal));
        foreach (var unit in Units)
        {
            // Over a gap of more than a day the minutes are not stated; the quarter hours are.
            var line = judge.Of(unit, WindowKind.QuarterHour).ToList();
            Assert.All(line.Zip(line.Skip(1)), pair => Assert.Equal((pair.First.End, pair.First.Inputs[0].T1), (pair.Second.Start, pair.Second.Inputs[0].T0)));
            Conserved(run, unit, line, TimeSpan.FromMinutes(17));
            Assert.Equal(40, line.Count / 96);
            Assert.InRange(judge.Of(unit, WindowKind.Minute).Count(), 75, 4_000);
            // Minutes and gap records say each energy once: of the counter they follow each other without a hole.
            var gaps = judge.Of(unit, WindowKind.Gap).ToList();
            Assert.NotEmpty(gaps);
            Assert.All(gaps.Zip(gaps.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start, $"gap records of {unit} overlap"));
            Assert.All(gaps, gap => Assert.True(gap.End - gap.Start > 24 * UtcMicros.PerHour));
            foreach (var point in line[0].Inputs.ToArray().Select(i => i.Point))
            {
                var pieces = judge.Of(unit, WindowKind.Minute).Where(m => !gaps.Exists(g => g.Start <= m.Start && g.End >= m.End && Moved(g, point) is not null)).Concat(gaps)
                    .OrderBy(r => r.Start).Select(r => (r.Start, r.End, Moved: Moved(r, point))).Where(p => p.Moved is not null).ToList();
                Assert.All(pieces.Zip(pieces.Skip(1)), pair => Assert.Equal((pair.First.End, pair.First.Moved!.Value.T1), (pair.Second.Start, pair.Second.Moved!.Value.T0)));
                // Minutes of forty days ago are not kept; all that are, and the gap, say the totals of the quarter hours, which hold what the meter counted.
                var totals = pieces.ToDictionary(p => p.Start, p => p.Moved!.Value.T0);
                var shared = line.Where(q => totals.ContainsKey(q.Start)).ToList();
                Assert.NotEmpty(shared);
                Assert.All(shared, q => Assert.Equal(totals[q.Start], Moved(q, point)!.Value.T0));
            }
        }
    }

    [Fact]
    public async Task A_clock_that_was_never_set_dates_nothing_however_long_the_wait()
    {
        await using var run = new SimulatedRun(24);
        run.ClockVouchedFor = false;
        run.StepSystemClock(DateTimeOffset.UnixEpoch - SimulatedRun.Begin);
        run.StartGateway();
        await run.RunForAsync(TimeSpan.FromMinutes(40));
        Assert.False(run.Gateway!.Supervisor.Ingest.IsTimed);
        Assert.Empty(run.Gateway.Store.ReadRecords(0, 10));
        run.StepSystemClock(SimulatedRun.Begin - DateTimeOffset.UnixEpoch);
        run.ClockVouchedFor = true;
        await run.RunForAsync(TimeSpan.FromMinutes(3));
        // What was read meanwhile was kept, and is dated now.
        var judge = await JudgeAsync(run, SimulatedRun.Begin);
        Assert.InRange(judge.Of("line-1", WindowKind.Minute).Count(), 42, 43);
        Conserved(run, judge);
    }

    [Fact]
    public async Task A_second_start_in_the_same_boot_is_not_dated_by_the_offset_of_the_first()
    {
        await using var run = new SimulatedRun(25);
        run.ClockVouchedFor = false;
        run.StepSystemClock(TimeSpan.FromHours(-2));
        run.StartGateway();
        await run.RunForAsync(TimeSpan.FromMinutes(16));
        run.StepSystemClock(TimeSpan.FromHours(2));
        run.ClockVouchedFor = true;
        await run.RunForAsync(TimeSpan.FromMinutes(10));
        run.ClockVouchedFor = false;
        await run.StopGatewayAsync();
        run.StartGateway();
        await run.RunForAsync(TimeSpan.FromMinutes(4));
        Assert.False(run.Gateway!.Supervisor.Ingest.IsTimed);
        run.ClockVouchedFor = true;
        await run.RunForAsync(TimeSpan.FromMinutes(6));
        var from = SimulatedRun.Begin.AddMinutes(18);
        var judge = await JudgeAsync(run, from);
        Conserved(run, judge);
        var minutes = judge.Of("line-1", WindowKind.Minute).Where(m => m.Start >= UtcMicros.From(from) && m.End <= UtcMicros.From(SimulatedRun.Begin.AddMinutes(34))).ToList();
        Assert.Equal(16, minutes.Count);
        // Four minutes of samples were read before trust: they close their windows exactly.
        Assert.True(minutes.Count(m => m.Inputs[0].Basis == Basis.Exact) >= 14, string.Join(' ', minutes.Select(m => m.Inputs[0].Basis)));
    }

    [Fact]
    public async Task Where_nobody_better_vouches_the_clock_of_a_named_opc_ua_server_is_believed()
    {
        await using var run = new SimulatedRun(26, map: "plant-opcua.yaml") { Edit = text => text.Replace("{id: sim}", "{id: sim, clock_device: plc}", StringComparison.Ordinal) };
        run.ClockVouchedFor = false;
        run.StepSystemClock(TimeSpan.FromHours(-3));
        await run.OfferPlcAsync();
        run.StartGateway();
        await run.RunForAsync(TimeSpan.FromMinutes(6));
        var clock = run.Gateway!.Supervisor.Ingest.Clock;
        Assert.Equal(("device", true), (clock.Source, clock.Verified));
        // The system clock is three hours behind and its server's is right: its stamps are off by that, so they are replaced, counted and shown.
        var device = run.Gateway.Supervisor.Buses.SelectMany(b => b.Health.Devices).First(d => d.Name == "plc");
        Assert.True(device.ReplacedTimes > 0);
        var judge = await JudgeAsync(run, SimulatedRun.Begin);
        Assert.Equal(UtcMicros.From(SimulatedRun.Begin), judge.Of("line-1", WindowKind.Minute).First().Start);
        // NTP comes, and says the same: nothing steps.
        run.StepSystemClock(TimeSpan.FromHours(3));
        run.ClockVouchedFor = true;
        await run.RunForAsync(TimeSpan.FromMinutes(3));
        judge = await JudgeAsync(run, SimulatedRun.Begin);
        Assert.Equal(("simulated", true), (run.Gateway.Supervisor.Ingest.Clock.Source, run.Gateway.Supervisor.Ingest.Clock.Verified));
        Assert.Empty(Steps(run));
        Assert.All(judge.Of("line-1", WindowKind.Minute), m => Assert.Equal(WindowFlags.None, m.Flags & WindowFlags.ClockUnverified));
    }

    private static (long T0, long T1)? Moved(WindowRecord record, int point)
    {
        var inputs = record.Inputs.ToArray().Where(i => i.Point == point).ToArray();
        return inputs.Length == 0 ? null : (inputs[0].T0, inputs[^1].T1);
    }

    private static async Task<LedgerJudge> JudgeAsync(SimulatedRun run, DateTimeOffset from)
    {
        await run.Gateway!.Store.FlushAsync(TestContext.Current.CancellationToken);
        var judge = LedgerJudge.Of(run.Plant.Ledger, run.Gateway.Plant.Names, run.Gateway.Store, UtcMicros.From(from));
        Assert.True(judge.Complaints.Count == 0, string.Join('\n', judge.Complaints.Take(40)));
        return judge;
    }

    /// <summary>All minutes of a unit together say what its meter counted from the first to the last reading: whatever the clock did, no interval is missing and none is in it twice.</summary>
    private static void Conserved(SimulatedRun run, LedgerJudge judge)
    {
        foreach (var unit in Units) Conserved(run, unit, [.. judge.Of(unit, WindowKind.Minute)]);
    }

    private static void Conserved(SimulatedRun run, string unit, IReadOnlyCollection<WindowRecord> line, TimeSpan? unstated = null)
    {
        var meter = line.First().Inputs[0].Point;
        var stated = line.Sum(m => m.Inputs.ToArray().Where(i => i.Point == meter).Sum(i => i.Amount.ToDouble()));
        var (first, last) = (UtcMicros.From(SimulatedRun.Begin), UtcMicros.From(run.Clock.GetUtcNow()));
        var truth = (double)run.Plant.Ledger.EnergyOf(unit, first, last).KilowattHours;
        // The newest window is open yet, and the first reading was a second after the start.
        var open = (double)run.Plant.Ledger.EnergyOf(unit, last - UtcMicros.From(unstated ?? TimeSpan.FromMinutes(2)), last).KilowattHours;
        Assert.InRange(stated, truth - open - 0.05, truth + 0.02);
    }

    private static IEnumerable<(string Seconds, string Followed)> Steps(SimulatedRun run) =>
        run.Gateway!.Store.ReadEvents(0, 10_000).Select(e => e.Happening).Where(e => e.Kind == EventKind.ClockStep)
            .Select(e => (e.Details.First(d => d.Key == "seconds").Value, e.Details.First(d => d.Key == "followed").Value));
}
