using System.Globalization;
using System.Numerics;
using EdgeGateway.Peers;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Tests.Simulation;

/// <summary>Both checkpoints cannot be read, and the log has let its beginning go: totals and open windows go on from what the record log states.</summary>
public sealed class RejoinTests
{
    private const string Faults = """
        at 00:20:00 rollover line-2 energy-wh
        at 00:50:00 reset line-1 energy
        at 01:20:00 drop workshop for 4m
        at 01:40:00 zero workshop energy for 20s
        """;

    [Theory]
    [InlineData("rotten")]
    [InlineData("of another make")]
    public async Task Totals_and_open_windows_go_on_where_they_stood(string damage)
    {
        await using var run = new SimulatedRun(31, Faults) { Edit = WithDay };
        run.StartGateway();
        await run.RunForAsync(TimeSpan.FromMinutes(118));
        await run.StopGatewayAsync();
        LetBeginningGo(run, TimeSpan.FromMinutes(110));
        await SpoilAsync(run, damage);
        await run.RunForAsync(TimeSpan.FromMinutes(1));
        run.StartGateway();
        Assert.Equal(2, Directory.GetFiles(Path.GetDirectoryName(run.StorePath)!, "*.checkpoint-*").Length);
        await run.RunForAsync(TimeSpan.FromMinutes(2));
        // What was rebuilt is in a checkpoint, which a crash goes on from.
        await run.CrashGatewayAsync();
        run.StartGateway();
        await run.RunForAsync(TimeSpan.FromMinutes(40));
        var store = run.Gateway!.Store;
        await store.FlushAsync(TestContext.Current.CancellationToken);
        var judge = LedgerJudge.Of(run.Plant.Ledger, run.Gateway.Plant.Names, store);

        Assert.True(judge.Complaints.Count == 0, string.Join('\n', judge.Complaints.Take(40)));
        Assert.All(judge.Records.Where(r => r.Start >= UtcMicros.From(SimulatedRun.Begin.AddMinutes(5))), r => Assert.DoesNotContain(r.Inputs.ToArray(), i => i.Basis == Basis.LowerBound && (i.Flags & WindowFlags.Missing) == 0));
        // The day, which began long before the log does now, knows what happened in it, and the energy of each state.
        var day = judge.Of("line-1", WindowKind.Day).First();
        Assert.Equal(UtcMicros.From(SimulatedRun.Begin.AddMinutes(155)), day.End);
        Assert.NotEqual(WindowFlags.None, day.Flags & WindowFlags.Missing);
        var minutes = judge.Of("line-1", WindowKind.Minute).Where(r => r.End <= day.End).ToList();
        // Up to the first poll of the log nothing is known of the state but its time.
        const long poll = 5 * UtcMicros.PerSecond;
        for (var state = 0; state < 3; state++) Assert.InRange(minutes.Sum(m => m.StateMicros()[state]) - day.StateMicros()[state], 0, poll);
        var running = minutes.Sum(m => m.Inputs[0].ByState[(int)MachineState.Running]);
        Assert.InRange(day.Inputs[0].ByState[(int)MachineState.Running], running - running / 100, running);
        Assert.Equal(minutes.Sum(m => m.Gauges.ToArray().Sum(g => g.Integral)), day.Gauges[0].Integral, 0.01 * day.Gauges[0].Integral);
        var told = store.ReadEvents(0, 10_000).Select(e => e.Happening).Where(e => e.Kind == EventKind.CheckpointSetAside).ToList();
        Assert.Contains(told, e => e.Details.Any(d => d is { Key: "totals_joined", Value: "7" }) && e.Details.Any(d => d is { Key: "totals_held", Value: "0" }));
        Assert.Equal(2, told.Count(e => e.Details.Any(d => d.Key == "file")));
    }

    [Fact]
    public async Task A_meter_that_the_log_holds_nothing_of_is_held_and_flagged()
    {
        await using var run = new SimulatedRun(32, "at 01:40:00 silence line-2 for 30m") { Edit = WithDay };
        run.StartGateway();
        await run.RunForAsync(TimeSpan.FromMinutes(118));
        await run.StopGatewayAsync();
        LetBeginningGo(run, TimeSpan.FromMinutes(112));
        await SpoilAsync(run, "rotten");
        run.StartGateway();
        await run.RunForAsync(TimeSpan.FromMinutes(40));
        var store = run.Gateway!.Store;
        await store.FlushAsync(TestContext.Current.CancellationToken);
        var judge = LedgerJudge.Of(run.Plant.Ledger, run.Gateway.Plant.Names, store);

        Assert.True(judge.Complaints.Count == 0, string.Join('\n', judge.Complaints.Take(40)));
        var minutes = judge.Of("line-2", WindowKind.Minute).ToList();
        Assert.Contains(minutes, m => m.Inputs[0].Basis == Basis.LowerBound && (m.Flags & WindowFlags.Missing) != 0);
        Assert.True(minutes[^1].Inputs[0].T1 > minutes[100].Inputs[0].T1);
        Assert.Equal(Basis.Exact, minutes[^1].Inputs[0].Basis);
    }

    /// <summary>Windows of a quarter, an hour and a day that ends at half past eight.</summary>
    private static string WithDay(string map) => map.Replace("gateway: {id: sim}", "gateway: {id: sim, timezone: UTC}", StringComparison.Ordinal).Replace("metering: {base: 1m, windows: [15m, 1h]}", "metering: {base: 1m, windows: [15m, 1h, 1d]}\ncalendar: {day_start: \"08:30\"}", StringComparison.Ordinal);

    /// <summary>As bounds of the log would.</summary>
    private static void LetBeginningGo(SimulatedRun run, TimeSpan at) =>
        SqliteProgram.Ask(run.StorePath, string.Create(CultureInfo.InvariantCulture, $"DELETE FROM input WHERE now_us < {UtcMicros.From(SimulatedRun.Begin + at)}; PRAGMA wal_checkpoint(TRUNCATE)"));

    private static async Task SpoilAsync(SimulatedRun run, string damage)
    {
        if (damage != "rotten")
        {
            // As a version would leave it whose sections this one does not know: whole, and not to be read.
            foreach (var seq in SqliteProgram.Ask(run.StorePath, "SELECT seq FROM checkpoint").Split('\n')) SqliteProgram.Ask(run.StorePath, $"UPDATE checkpoint SET body = zeroblob(8), crc = {Crc(ulong.Parse(seq, CultureInfo.InvariantCulture))} WHERE seq = {seq}");
            return;
        }
        // Bytes of the file itself, in the middle of what a checkpoint says.
        foreach (var slot in new[] { 0, 1 })
        {
            var part = Convert.FromHexString(SqliteProgram.Ask(run.StorePath, string.Create(CultureInfo.InvariantCulture, $"SELECT hex(substr(body, 200, 48)) FROM checkpoint WHERE slot = {slot}")));
            var file = await File.ReadAllBytesAsync(run.StorePath, TestContext.Current.CancellationToken);
            var spoilt = 0;
            for (var at = file.AsSpan().IndexOf(part); at >= 0; at = file.AsSpan().IndexOf(part), spoilt++) file[at + 20] ^= (byte)(1 << slot);
            Assert.True(spoilt > 0);
            await File.WriteAllBytesAsync(run.StorePath, file, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The sum over a number and eight bytes of zero, as the store makes it.</summary>
    private static uint Crc(ulong seq) => ~BitOperations.Crc32C(BitOperations.Crc32C(uint.MaxValue, seq), 0UL);
}
