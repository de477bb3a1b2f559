using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Tests.Simulation;

public sealed class SimulatedDayTests
{
    private const string Faults = """
        at 01:10:00 rollover line-2 energy-wh
        at 02:00:00 zero workshop energy for 20s
        at 03:15:00 drop workshop for 3s
        at 04:30:00 drop workshop for 6m
        at 06:05:00 reset line-1 energy
        at 07:20:00 zero line-1 energy for 4s
        at 08:40:00 silence line-2 for 90s
        at 09:10:00 slow line-1 by 300ms for 2m
        at 09:50:00 wrong-transaction workshop for 15s
        at 10:30:00 split plc after 5 by 40ms for 1m
        at 11:00:00 exception line-2 code 4 for 20s
        at 20:30:00 drop workshop for 2h
        """;

    [Fact]
    public async Task A_day_with_faults_agrees_with_the_ledger()
    {
        await using var run = new SimulatedRun(7, Faults);
        run.StartGateway();
        await run.RunForAsync(TimeSpan.FromHours(5.51));
        await run.StopGatewayAsync();
        await run.RunForAsync(TimeSpan.FromSeconds(47));
        run.StartGateway();
        // Simulated time runs far ahead of the disk: what a kill costs a plant is what came since a commit, and not half an hour.
        var sinceCommit = TimeSpan.FromSeconds(10);
        await run.RunForAsync(TimeSpan.FromHours(8.2) - sinceCommit);
        await run.Gateway!.Store.FlushAsync(TestContext.Current.CancellationToken);
        await run.RunForAsync(sinceCommit);
        await run.CrashGatewayAsync();
        await run.RunForAsync(TimeSpan.FromMinutes(2));
        run.StartGateway();
        // The last minute closes with the first sample past its end.
        await run.RunForAsync(SimulatedRun.Begin.AddDays(1).AddSeconds(10) - run.Clock.GetUtcNow());
        var store = run.Gateway.Store;
        await store.FlushAsync(TestContext.Current.CancellationToken);
        var judge = LedgerJudge.Of(run.Plant.Ledger, run.Gateway.Plant.Names, store);

        Assert.True(judge.Complaints.Count == 0, string.Join('\n', judge.Complaints.Take(40)));
        Assert.Equal(1440, judge.Of("line-1", WindowKind.Minute).Count());
        Assert.Equal(96, judge.Of("workshop", WindowKind.QuarterHour).Count(r => r.Start >= UtcMicros.From(SimulatedRun.Begin)) + 1);
        Flagged(judge, run, "line-1", "line-1-meter.energy", "06:05:00", WindowFlags.Missing);
        Flagged(judge, run, "line-2", "line-2-meter.energy", "01:10:00", WindowFlags.Rollover);
        Flagged(judge, run, "workshop", "incoming-meter.energy", "04:33:00", WindowFlags.Gap);
        Flagged(judge, run, "line-2", "line-2-meter.energy", "21:15:00", WindowFlags.Gap);

        // A gap inside a longer window leaves it exact, one over its edge does not.
        var hours = judge.Of("line-2", WindowKind.Hour).ToList();
        Assert.Contains(hours, h => h.Inputs[0].Basis == Basis.Exact && (h.Flags & WindowFlags.Gap) != 0);
        Assert.Contains(hours, h => h.Inputs[0].Basis == Basis.Estimated);
        // Honest, and not by calling everything an estimate.
        var others = judge.Of("line-1", WindowKind.Minute).Where(r => r.Inputs[0].Basis != Basis.Exact).ToList();
        Assert.True(others.Count is > 120 and < 160, string.Join('\n', others.Select(r => $"{UtcMicros.Format(r.Start)} {r.Inputs[0].Basis} {r.Inputs[0].Flags}")));
        Assert.True(judge.WorstShareOfBound > 0.05, "bounds so wide say nothing");
    }

    [Fact]
    public async Task What_was_read_before_the_clock_was_trusted_is_metered_then()
    {
        await using var run = new SimulatedRun(11);
        run.ClockVouchedFor = false;
        run.StartGateway();
        await run.RunForAsync(TimeSpan.FromMinutes(4));
        Assert.False(run.Gateway!.Supervisor.Ingest.IsTimed);
        Assert.Empty(run.Gateway.Store.ReadRecords(0, 10));
        await run.StopGatewayAsync();
        run.StartGateway();
        await run.RunForAsync(TimeSpan.FromMinutes(3));
        run.ClockVouchedFor = true;
        await run.RunForAsync(TimeSpan.FromMinutes(3));
        await run.CrashGatewayAsync();
        run.StartGateway();
        await run.RunForAsync(TimeSpan.FromMinutes(5));
        await run.Gateway.Store.FlushAsync(TestContext.Current.CancellationToken);

        var judge = LedgerJudge.Of(run.Plant.Ledger, run.Gateway.Plant.Names, run.Gateway.Store);
        Assert.True(judge.Complaints.Count == 0, string.Join('\n', judge.Complaints.Take(40)));
        var minutes = judge.Of("line-1", WindowKind.Minute).ToList();
        Assert.Equal(UtcMicros.From(SimulatedRun.Begin), minutes[0].Start);
        Assert.InRange(minutes.Count, 14, 15);
        Assert.All(minutes, m => Assert.Equal(WindowFlags.None, m.Flags & WindowFlags.ClockUnverified));
        Assert.All(minutes.Skip(1).Take(2), m => Assert.Equal(Basis.Exact, m.Inputs[0].Basis));
    }

    [Fact]
    public async Task Without_anyone_to_vouch_it_goes_on_flagged_after_the_wait()
    {
        await using var run = new SimulatedRun(12);
        run.ClockVouchedFor = false;
        run.StartGateway();
        await run.RunForAsync(TimeSpan.FromMinutes(17));
        await run.Gateway!.Store.FlushAsync(TestContext.Current.CancellationToken);
        var judge = LedgerJudge.Of(run.Plant.Ledger, run.Gateway.Plant.Names, run.Gateway.Store);
        Assert.True(judge.Complaints.Count == 0, string.Join('\n', judge.Complaints.Take(40)));
        var minutes = judge.Of("workshop", WindowKind.Minute).ToList();
        Assert.InRange(minutes.Count, 16, 17);
        Assert.All(minutes, m => Assert.NotEqual(WindowFlags.None, m.Flags & WindowFlags.ClockUnverified));
    }

    private static void Flagged(LedgerJudge judge, SimulatedRun run, string unit, string point, string at, WindowFlags flag)
    {
        var time = UtcMicros.From(SimulatedRun.Begin + TimeSpan.Parse(at, System.Globalization.CultureInfo.InvariantCulture));
        var id = run.Gateway!.Plant.PointIds[run.Gateway.Plant.Metering.Points.ToList().FindIndex(p => p.Path == point)];
        var found = judge.Of(unit, WindowKind.Minute).Where(r => r.End > time && r.Start <= time + 2 * UtcMicros.PerMinute)
            .Any(r => r.Inputs.ToArray().Any(i => i.Point == id && (i.Flags & flag) != 0));
        Assert.True(found, $"{point} is not flagged {flag} at {at}");
    }
}
