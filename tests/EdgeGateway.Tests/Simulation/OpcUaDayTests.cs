using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Tests.Simulation;

/// <summary>The simulated plant with its PLC behind a real OPC UA server: what is stated agrees with the ledger.</summary>
public sealed class OpcUaDayTests
{
    [Fact]
    public Task Two_hours_with_a_lost_line_agree_with_the_ledger() => AgreesAsync(21, TimeSpan.FromHours(2), TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(30));

    [Fact(Explicit = true)]
    public Task A_whole_day_with_lost_lines_agrees_with_the_ledger() => AgreesAsync(22, TimeSpan.FromDays(1), TimeSpan.FromHours(5.3), TimeSpan.FromMinutes(7), TimeSpan.FromHours(4.1));

    private static async Task AgreesAsync(ulong seed, TimeSpan length, TimeSpan between, TimeSpan lost, TimeSpan crashAfter)
    {
        await using var run = new SimulatedRun(seed, map: "plant-opcua.yaml");
        await run.OfferPlcAsync();
        run.StartGateway();
        var end = SimulatedRun.Begin + length;
        await run.RunForAsync(crashAfter);
        await run.CrashGatewayAsync();
        run.StartGateway();
        while (run.Clock.GetUtcNow() + between < end)
        {
            await run.RunForAsync(between);
            run.Plc!.Refuse();
            await run.RunForAsync(lost);
            run.Plc.Allow();
        }
        await run.RunForAsync(end.AddSeconds(10) - run.Clock.GetUtcNow());
        var store = run.Gateway!.Store;
        await store.FlushAsync(TestContext.Current.CancellationToken);
        var judge = LedgerJudge.Of(run.Plant.Ledger, run.Gateway.Plant.Names, store);

        Assert.True(judge.Complaints.Count == 0, string.Join('\n', judge.Complaints.Take(40)));
        var minutes = judge.Of("line-1", WindowKind.Minute).ToList();
        Assert.InRange(minutes.Count, (int)length.TotalMinutes, (int)length.TotalMinutes + 1);
        Assert.True(run.Plc!.Connections > 2, "the line was to be lost and found again");
        // Pieces were counted, by the PLC's own clock, and most minutes of them exactly; those of a lost line are flagged.
        var good = minutes.Select(m => m.Inputs.ToArray().First(i => i.Role == InputRole.Good)).ToList();
        Assert.True(good.Sum(g => g.T1 - g.T0) > 0);
        Assert.True(good.Count(g => g.Basis == Basis.Exact) > minutes.Count * 8 / 10, $"{good.Count(g => g.Basis == Basis.Exact)} of {minutes.Count} minutes are exact");
        Assert.Contains(good, g => (g.Flags & WindowFlags.Gap) != 0);
        var total = good[^1].T1 / 65536;
        Assert.Equal(run.Plant.Ledger.Good("line-1", UtcMicros.From(SimulatedRun.Begin), minutes[^1].End), total, 3.0);
    }
}
