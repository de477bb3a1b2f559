using System.Diagnostics;
using EdgeGateway.FirmwareSim.Faults;
using EdgeGateway.FirmwareSim.Plants;
using EdgeGateway.FirmwareSim.Profiles;
using EdgeGateway.FirmwareSim.Serving;
using EdgeGateway.FirmwareSim.Time;

namespace EdgeGateway.FirmwareSim.Tests.Time;

/// <summary>A plant and a bus over real sockets on one clock.</summary>
public sealed class LockStepPlantTests
{
    private const string Faults = """
        at 00:02:00 silence line-1 for 30s
        at 00:03:00 slow line-2 by 700ms for 60s
        at 00:04:00 slow plc by 2.2s for 60s
        at 00:05:00 split workshop after 3 by 120ms for 60s
        at 00:06:00 wrong-transaction plc for 30s
        at 00:07:00 drop workshop for 42s
        at 00:09:00 drop plc for 3s
        at 00:10:00 exception line-2 code 6 for 30s
        at 00:11:00 reset line-1 energy
        at 00:12:00 rollover line-2 energy
        at 00:13:00 zero workshop for 30s
        at 00:14:00 split line-1 after 8 by 1200ms for 30s
        """;

    private static readonly DateTimeOffset Start = new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Two_runs_with_one_seed_say_the_same_at_the_same_times()
    {
        var (first, second, other) = (await RunAsync(1), await RunAsync(1), await RunAsync(2));
        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
        // The faults left their traces.
        foreach (var trace in (string[])["no answer", "hung up on", "ConnectionRefused", "connected", "busy"])
            Assert.Contains(first, l => l.Contains(trace, StringComparison.Ordinal));
        Assert.Contains(first, l => l.EndsWith("038406", StringComparison.Ordinal));
        Assert.InRange(first.Count(l => l.Contains('>', StringComparison.Ordinal)), 650, 800);
    }

    [Fact]
    public async Task A_day_at_five_second_polls_passes_in_seconds()
    {
        var clock = new LockStepClock(Start.Date);
        var plant = new Plant(PlantProfile.Day, 1, Start.Date);
        await using var server = PlantServer.Start(plant, time: clock);
        using var poller = new LockStepPoller(clock, server, null);
        var watch = Stopwatch.StartNew();
        await clock.RunUntilAsync(clock.GetUtcNow().AddDays(1));
        TestContext.Current.TestOutputHelper?.WriteLine($"{poller.Requests} requests, {clock.Steps} steps, {watch.Elapsed.TotalSeconds:F1} s");
        Assert.Equal(4 * 17_280, poller.Requests);
        Assert.Equal(poller.Requests, server.Requests);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"{watch.Elapsed}");
    }

    private static async Task<List<string>> RunAsync(ulong seed)
    {
        var log = new List<string>();
        var clock = new LockStepClock(Start, TimeSpan.FromSeconds(10));
        await using var server = PlantServer.Start(new Plant(PlantProfile.Demo, seed, Start, FaultScript.Parse(Faults)), time: clock);
        using var poller = new LockStepPoller(clock, server, log.Add);
        await clock.RunUntilAsync(Start.AddMinutes(15));
        return log;
    }
}
