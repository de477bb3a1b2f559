using EdgeGateway.Dashboard.Api;
using EdgeGateway.Metering;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Pipeline.Loops;
using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;
using EdgeGateway.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Dashboard.Tests;

/// <summary>A span is covered by all windows in it, however many they are.</summary>
public sealed class SpanReaderTests : IAsyncDisposable
{
    private const int Minutes = 2_500, Missing = 1_200;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-spans-");
    private readonly SqliteStore _store;

    public SpanReaderTests() => _store = SqliteStore.Open(new SqliteStoreOptions { Path = Path.Combine(_folder.FullName, "gateway.db") }, NullLoggerFactory.Instance);

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Windows_of_several_pages_are_all_in_the_sum_and_a_hole_stays_one()
    {
        var entry = _store.Rent();
        (entry.Seq, entry.Kind, entry.Now) = (1, EntryKind.Advance, 1);
        var record = new WindowRecord();
        for (var i = 0; i < Minutes; i++)
        {
            if (i == Missing) continue;
            record.Clear();
            (record.Unit, record.Kind, record.Start, record.End, record.Revision, record.CoveredMicros) = (1, WindowKind.Minute, i * UtcMicros.PerMinute, (i + 1) * UtcMicros.PerMinute, new Revision(1, 1), UtcMicros.PerMinute);
            record.BeginSegment(record.Start, record.End, SegmentCut.WindowEnd, null, default);
            entry.Add(record);
        }
        await _store.PostAsync(entry, CancellationToken.None);
        await _store.FlushAsync(CancellationToken.None);

        var sum = new SpanReader(new View(_store)).Read(1, 0, Minutes * UtcMicros.PerMinute);
        Assert.Equal([("1m", Minutes - 1)], sum.Windows.Select(w => (w.Key, w.Value)));
        Assert.Equal((Minutes - 1) * UtcMicros.PerMinute, sum.CoveredMicros);
    }

    /// <summary>A real store under a plan with minutes and quarter hours; of which the latter were never stated.</summary>
    private sealed class View(IStore store) : IGatewayView
    {
        public CompiledPlant Plant { get; } = new(null!, [], new MeteringPlan { BaseWindow = WindowKind.Minute, LongerWindows = [WindowKind.QuarterHour], Points = [], Units = [] }, [], null!);

        public IStore Store => store;

        public string Version => throw new NotSupportedException();

        public long StartedAt => throw new NotSupportedException();

        public TimeProvider Time => throw new NotSupportedException();

        public IReadOnlyList<IBus> Buses => throw new NotSupportedException();

        public LatestValues Latest => throw new NotSupportedException();

        public LoopPulse IngestPulse => throw new NotSupportedException();

        public MeteringCounters? Metering => throw new NotSupportedException();

        public bool IsTimed => throw new NotSupportedException();

        public ClockState Clock => throw new NotSupportedException();

        public string? HoldReason => throw new NotSupportedException();

        public IReadOnlyList<PublisherHealth> Publishers => throw new NotSupportedException();

        public long Utc(long bootMicros) => throw new NotSupportedException();
    }
}
