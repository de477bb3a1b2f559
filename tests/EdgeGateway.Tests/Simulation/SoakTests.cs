using System.Globalization;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Tests.Simulation;

/// <summary>A thousand points, a poll every thirty seconds, day after day: nothing grows. Some hours of it always, thirty days with SOAK_DAYS=30.</summary>
public sealed class SoakTests(ITestOutputHelper output) : IDisposable
{
    private static readonly double Days = double.Parse(Environment.GetEnvironmentVariable("SOAK_DAYS") is { Length: > 0 } days ? days : "0.25", CultureInfo.InvariantCulture);
    private static readonly bool Long = Days > 2;

    /// <summary>Bytes of write-ahead log that the store leaves on the disk.</summary>
    private const long LogLimit = 16 << 20;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-soak-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Memory_handles_threads_and_database_do_not_grow()
    {
        var keep = Long ? 6 : 1;
        var map = Path.Combine(_folder.FullName, "soak.yaml");
        await File.WriteAllTextAsync(map, SoakMap.Text(keep), TestContext.Current.CancellationToken);
        await using var run = new SimulatedRun(30, map: map);
        run.StartGateway();
        Assert.Equal(SoakMap.Points, run.Gateway!.Plant.PointIds.Length);
        var (figures, file) = (new SoakFigures(), Environment.GetEnvironmentVariable("SOAK_FILE"));
        Keep(file, SoakFigures.Header);
        for (var hour = 1; hour <= Math.Round(Days * 24); hour++)
        {
            // Simulated time runs far ahead of the disk. Without a wait the store's queue and pools grow as far as their bounds, some day or other, and hide what else grows.
            for (var part = 0; part < 6; part++)
            {
                await run.RunForAsync(TimeSpan.FromMinutes(10));
                await run.Gateway.Store.FlushAsync(TestContext.Current.CancellationToken);
            }
            if (hour % 3 == 0) await AgreesWithTheLedgerAsync(run);
            run.Plant.Forget(UtcMicros.From(run.Clock.GetUtcNow() - TimeSpan.FromHours(2)));
            Keep(file, figures.Take(hour / 24.0, run.StorePath));
        }
        var trends = figures.Trends(Long ? 1 : 0.125, pool: Long);
        foreach (var trend in trends) output.WriteLine(trend.ToString());
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"largest write-ahead log: {figures.LargestLog} bytes"));
        if (Long) Assert.All(trends, t => Assert.True(t.IsNil, $"{t}: twice its noise was to be borne"));
        else foreach (var (trend, most) in trends.Zip(Most(trends))) Assert.True(trend.Drift <= most, $"{trend}: at most {most.ToString("F0", CultureInfo.InvariantCulture)} was to be borne");
        Assert.InRange(figures.LargestLog, 1, LogLimit);
        Assert.Null(run.Gateway.Store.Fault);
        Assert.All(run.Gateway.Supervisor.Buses, b => Assert.Equal(0, b.Health.SkippedCycles));
    }

    /// <summary>What may be climbed in a run of hours, which still sees compiled code and pools settle.</summary>
    private static double[] Most(IReadOnlyList<SoakTrend> trends)
    {
        const double megabyte = 1 << 20;
        return [48 * megabyte, 4 * megabyte, 4, 4, 0.25 * trends[4].Mean];
    }

    /// <summary>The quarter hours of the last hour, summed, lie within the bounds of their two ends.</summary>
    private static async Task AgreesWithTheLedgerAsync(SimulatedRun run)
    {
        await run.Gateway!.Store.FlushAsync(TestContext.Current.CancellationToken);
        const long quarter = 15 * UtcMicros.PerMinute;
        var end = UtcMicros.From(run.Clock.GetUtcNow()) / quarter * quarter - quarter;
        var unit = Enumerable.Range(1, 100).First(id => run.Gateway.Plant.Names.Unit(id) == "workshop-0");
        var records = new List<WindowRecord>();
        foreach (var stored in run.Gateway.Store.ReadWindows(unit, WindowKind.QuarterHour.Code, end - 3 * quarter, end, 100))
        {
            var record = new WindowRecord();
            Assert.True(WindowRecordCodec.TryDecode(stored.Body, record));
            records.Add(record);
        }
        Assert.Equal(3, records.Count);
        var stated = records.Sum(r => r.Inputs[0].Amount.ToDouble());
        var truth = (double)run.Plant.Ledger.EnergyOf("workshop", end - 3 * quarter, end).KilowattHours;
        var bound = records[0].Inputs[0].BoundAmount!.Value.ToDouble() + records[^1].Inputs[0].BoundAmount!.Value.ToDouble();
        Assert.InRange(stated, truth - bound, truth + bound);
    }

    private static void Keep(string? file, string line)
    {
        if (file is not null) File.AppendAllLines(file, [line]);
    }
}
