using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Time;
using EdgeGateway.Tests.Processes;

namespace EdgeGateway.Tests.Simulation;

/// <summary>The uplink is away for long: everything waits on disk, and when it is back the backlog goes out while live samples keep arriving. Two simulated hours in CI, 72 by <c>./test.sh --full</c> (OUTAGE_HOURS).</summary>
public sealed class OutageTests
{
    // Per simulated hour: what this plant may take on disk, and how much of the backlog may pass a live item (a batch of each stream under way, one more, and what arrives while we look).
    private const long DiskBytesAnHour = 1_500_000;
    private const long LiveWaitsBehind = 3_000;

    [Fact]
    public async Task The_backlog_of_a_long_outage_is_drained_while_live_samples_keep_arriving()
    {
        var hours = int.Parse(Environment.GetEnvironmentVariable("OUTAGE_HOURS") ?? "2", CultureInfo.InvariantCulture);
        await using var run = new SimulatedRun(17, map: "plant-outage.yaml");
        await using var broker = await Mosquitto.StartAsync(new MosquittoOptions { Persistent = true });
        await using var subscriber = await broker.SubscribeAsync("edgegateway/sim/records/#", "edgegateway/sim/telemetry/incoming-meter");
        run.StartGateway();
        var store = run.Gateway!.Store;
        var loop = run.PublishersNow(broker.Port).Single();
        using var ending = new CancellationTokenSource();
        var publishing = Task.Run(() => loop.RunAsync(ending.Token), TestContext.Current.CancellationToken);
        await run.RunForAsync(TimeSpan.FromMinutes(6));
        await store.FlushAsync(TestContext.Current.CancellationToken);
        await Until.TrueAsync(() => Drained(store), "the first minutes to arrive", TimeSpan.FromSeconds(60));
        var before = new FileInfo(run.StorePath).Length;

        await broker.StopAsync();
        await run.RunForAsync(TimeSpan.FromHours(hours));
        await store.FlushAsync(TestContext.Current.CancellationToken);
        await Until.TrueAsync(() => !loop.Health.Connected, "the line to be missed", TimeSpan.FromSeconds(60));
        var (backlog, records) = (Behind(store, RecordStream.Telemetry), Behind(store, RecordStream.Records));
        Assert.InRange(backlog, hours * 3600 / 5, long.MaxValue);
        Assert.InRange(new FileInfo(run.StorePath).Length - before, 0, hours * DiskBytesAnHour);
        Assert.Empty(store.Counters.ShedUnsent);

        await broker.StartAgainAsync();
        await Until.TrueAsync(() => loop.Health.Connected, "the line to stand again", TimeSpan.FromMinutes(2));
        var watch = Stopwatch.StartNew();
        var (lives, worst) = (0, 0L);
        // Poll after poll, as on any day; each is held against what of the backlog went out before it.
        while (Behind(store, RecordStream.Telemetry) > LiveWaitsBehind || lives < 3)
        {
            await run.RunForAsync(TimeSpan.FromSeconds(10));
            await store.FlushAsync(TestContext.Current.CancellationToken);
            var (live, then) = (store.DurableSeq, loop.Health.Accepted);
            await Until.TrueAsync(() => store.LoadCursor("platform", RecordStream.Telemetry)!.Contains(live), "a live sample to arrive", TimeSpan.FromSeconds(60));
            worst = Math.Max(worst, loop.Health.Accepted - then);
            lives++;
        }
        await Until.TrueAsync(() => Drained(store), "the backlog to be drained", TimeSpan.FromMinutes(5));
        var took = watch.Elapsed;
        Assert.InRange(worst, 1, LiveWaitsBehind);

        await ending.CancelAsync();
        await publishing;
        var judge = LedgerJudge.Of(run.Plant.Ledger, run.Gateway.Plant.Names, store);
        Assert.True(judge.Complaints.Count == 0, string.Join('\n', judge.Complaints.Take(40)));
        await Until.TrueAsync(() => PublishedRecord.Newest(subscriber.Messages).Count >= judge.Records.Count, "all records at the subscriber", TimeSpan.FromMinutes(3));
        var arrived = PublishedRecord.Newest(subscriber.Messages).ToDictionary(r => (r.Unit, r.Kind, UtcMicros.From(r.Start)));
        foreach (var record in judge.Records) Assert.Equal((record.Revision.Epoch, record.Revision.Seq), arrived[(run.Gateway.Plant.Names.Unit(record.Unit)!, record.Kind.Name, record.Start)].Revision);
        var times = TimesInTheLog(run, store);
        await Until.TrueAsync(() => TimesAtTheBroker(subscriber).Count >= times.Count, "all samples at the subscriber", TimeSpan.FromMinutes(3));
        Assert.Equal(times, TimesAtTheBroker(subscriber));
        Report(FormattableString.Invariant($"{hours} h outage: {backlog} entries of samples and {records} records behind, {(new FileInfo(run.StorePath).Length - before) / 1e6:0.0} MB on disk; drained in {took.TotalSeconds:0} s; {lives} live entries meanwhile, at most {worst} items accepted before one of them"));
    }

    private static bool Drained(IStore store) => Behind(store, RecordStream.Telemetry) == 0 && Behind(store, RecordStream.Records) == 0;

    private static long Behind(IStore store, RecordStream stream)
    {
        var newest = stream == RecordStream.Records ? store.DurableRecordId : store.DurableSeq;
        return newest - (store.LoadCursor("platform", stream)?.Ranges.Sum(r => Math.Min(r.Hi, newest) - r.Lo + 1) ?? 0);
    }

    private static SortedSet<long> TimesInTheLog(SimulatedRun run, IStore store)
    {
        var power = run.Gateway!.Plant.PointIds[run.Gateway.Plant.Metering.Points.ToList().FindIndex(p => p.Path == "incoming-meter.power")];
        var times = new Times(power);
        for (long after = 0; store.ReadEntries(after, 1000) is { Count: > 0 } page; after = page[^1].Seq)
        {
            foreach (var entry in page.Where(e => e.Kind == EntryKind.Samples)) Assert.True(SampleBlockCodec.TryDecode(EntryCodec.Body(entry.Codec), entry.Body, ref times));
        }
        return times.Found;
    }

    /// <summary>Times of the same point in what arrived; a message that came twice counts once.</summary>
    private static SortedSet<long> TimesAtTheBroker(MosquittoSub subscriber) =>
    [
        .. subscriber.Messages.Where(m => m.Topic.EndsWith("/telemetry/incoming-meter", StringComparison.Ordinal))
            .SelectMany(m => JsonDocument.Parse(m.Payload).RootElement.GetProperty("samples").EnumerateArray())
            .Where(s => s.GetProperty("point").GetString() == "power")
            .Select(s => UtcMicros.From(DateTimeOffset.Parse(s.GetProperty("t").GetString()!, CultureInfo.InvariantCulture))),
    ];

    private static void Report(string line)
    {
        TestContext.Current.SendDiagnosticMessage(line);
        if (Environment.GetEnvironmentVariable("OUTAGE_REPORT") is { Length: > 0 } file) File.AppendAllText(file, line + "\n");
    }

    private readonly struct Times(int point) : ISampleRowSink
    {
        public SortedSet<long> Found { get; } = [];

        public void Row(int pointId, long time, int spread, double number, long integer, Quality quality, string? text)
        {
            if (pointId == point) Found.Add(time);
        }
    }
}
