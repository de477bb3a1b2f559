using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;
using EdgeGateway.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Benchmarks;

/// <summary>What a plant of 50 devices with 20 points each, polled every five seconds, has written to its disk in a day: blocks, a checkpoint of 100 kB and 10 records a minute; beside a plain file that gets the same blocks, synced as often.</summary>
internal static class PlantDay
{
    private const int Devices = 50, Points = 20, Seconds = 360, Checkpoint = 100_000;
    private const double DaysShare = 86_400.0 / Seconds;

    /// <summary>Bytes a day of the store and of the file, as the kernel counts them.</summary>
    public static (double Store, double File) Measure(string folder, TimeSpan commit)
    {
        var temporary = Directory.CreateDirectory(Path.Combine(folder, "store-bench-" + Guid.NewGuid().ToString("N"))).FullName;
        try
        {
            return (OfStore(Path.Combine(temporary, "gateway.db"), commit) * DaysShare, OfFile(Path.Combine(temporary, "plain.log"), commit) * DaysShare);
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    private static long OfStore(string path, TimeSpan commit)
    {
        var store = SqliteStore.Open(new SqliteStoreOptions { Path = path, CommitInterval = commit }, NullLoggerFactory.Instance);
        var before = StoreBench.WrittenBytes();
        var (seq, random) = (0L, new Random(1));
        for (var second = 0; second < Seconds; second++)
        {
            for (var device = second % 5; device < Devices; device += 5)
            {
                var entry = store.Rent();
                (entry.Seq, entry.Kind, entry.Now, entry.Boot, entry.Plan, entry.Codec) = (++seq, EntryKind.Samples, second * 1_000_000L + device, 1, 1, SampleBlockCodec.Packed);
                Encode(device, second, random, entry.Body);
                if (device == second % 60 && second % 60 < 5)
                {
                    if (second % 60 == 0)
                    {
                        random.NextBytes(entry.Checkpoint.GetSpan(Checkpoint)[..Checkpoint]);
                        entry.Checkpoint.Advance(Checkpoint);
                    }
                    for (var unit = 0; unit < 2; unit++) entry.Add(Record(unit + 2 * device, second, seq));
                }
                store.PostAsync(entry, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            }
            // Each commit is made at its time, as on a real day.
            if (second % (int)commit.TotalSeconds == 0) store.FlushAsync(CancellationToken.None).GetAwaiter().GetResult();
        }
        store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return StoreBench.WrittenBytes() - before;
    }

    private static long OfFile(string path, TimeSpan commit)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        var before = StoreBench.WrittenBytes();
        var (body, random) = (new System.Buffers.ArrayBufferWriter<byte>(4096), new Random(1));
        for (var second = 0; second < Seconds; second++)
        {
            for (var device = second % 5; device < Devices; device += 5)
            {
                body.ResetWrittenCount();
                Encode(device, second, random, body);
                file.Write(body.WrittenSpan);
            }
            if (second % (int)commit.TotalSeconds == 0) file.Flush(flushToDisk: true);
        }
        file.Flush(flushToDisk: true);
        return StoreBench.WrittenBytes() - before;
    }

    private static void Encode(int device, int second, Random random, System.Buffers.IBufferWriter<byte> output)
    {
        var ids = Enumerable.Range(1 + device * Points, Points).ToArray();
        var block = new SampleBlock(Points);
        var time = 1_795_478_400_000_000 + second * 1_000_000L + device;
        for (var i = 0; i < Points; i++)
        {
            if (i % 5 < 2) block.TryAddGauge(i, time, 1_800, random.Next(3_600, 4_000) / 10.0);
            else if (i % 5 == 2) block.TryAddGauge(i, time, 1_800, (float)(75 * random.NextDouble()));
            else block.TryAddInteger(i, time, 1_800, 10_000_000L + second + i);
        }
        SampleBlockCodec.Encode(block, ids, output);
    }

    private static WindowRecord Record(int unit, int second, long seq)
    {
        var start = second / 60 * 60_000_000L;
        var record = new WindowRecord { Unit = unit, Kind = WindowKind.Minute, Start = start, End = start + 60_000_000, Revision = new Revision(1, seq) };
        record.BeginSegment(record.Start, record.End, SegmentCut.WindowEnd, null, default);
        for (var input = 0; input < 4; input++) record.Add(new WindowInput { Point = unit * 4 + input, T0 = seq << 16, T1 = (seq + 20) << 16, Sign = 1 });
        return record;
    }
}
