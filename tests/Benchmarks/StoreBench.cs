using System.Diagnostics;
using System.Globalization;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Samples;
using EdgeGateway.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Benchmarks;

/// <summary>
/// What the store commits in one-second transactions, beside a plain file that is appended to and synced once a second with the same bodies. Both sides take turns within one run;
/// figures are medians of the pairs, ratios with their quartiles.
/// </summary>
public static class StoreBench
{
    private const int SamplesPerBlock = 1000, BlocksPerSecond = 1000, Seconds = 5, Bodies = 16;

    /// <summary>Runs <paramref name="pairs"/> pairs in a temporary folder below <paramref name="folder"/>, which must lie on the disk in question.</summary>
    public static IEnumerable<string> Run(string folder, int pairs = 5)
    {
        var bodies = EncodeBodies();
        var (stores, files) = (new List<Measure>(), new List<Measure>());
        for (var pair = 0; pair <= pairs; pair++)
        {
            var temporary = Directory.CreateDirectory(Path.Combine(folder, "store-bench-" + Guid.NewGuid().ToString("N"))).FullName;
            try
            {
                var store = OfStore(Path.Combine(temporary, "gateway.db"), bodies, BlocksPerSecond, TimeSpan.FromSeconds(1), Seconds);
                var file = OfFile(Path.Combine(temporary, "plain.log"), bodies);
                if (pair == 0) continue; // warm-up
                stores.Add(store);
                files.Add(file);
            }
            finally
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
        yield return Line("store.samples_committed", "samples/s", stores, files, m => m.SamplesPerSecond);
        yield return Line("store.bytes_on_disk", "B/sample", stores, files, m => m.BytesOnDisk);
        yield return Line("store.write_amplification", "x", stores, files, m => m.Amplification);
        yield return Quiet(folder, bodies);
        foreach (var (profile, commit) in new[] { ("ssd", 2), ("sd_card", 10) })
        {
            // A tenth of an hour, times 240.
            var (store, file) = PlantDay.Measure(folder, TimeSpan.FromSeconds(commit));
            yield return $"store.written_a_day_{profile} {Figure.Digits(store / 1e6)} MB | file+fsync {Figure.Digits(file / 1e6)} | {Figure.Digits(store / file)}";
        }
    }

    /// <summary>A small plant: one block a second, a commit each two seconds.</summary>
    private static string Quiet(string folder, byte[][] bodies)
    {
        var temporary = Directory.CreateDirectory(Path.Combine(folder, "store-bench-" + Guid.NewGuid().ToString("N"))).FullName;
        try
        {
            var quiet = OfStore(Path.Combine(temporary, "gateway.db"), bodies, 1, TimeSpan.FromSeconds(2), 400);
            return Figure.Line("store.write_amplification_at_1k_samples_a_second", quiet.Amplification, "x");
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    private static Measure OfStore(string path, byte[][] bodies, int blocksPerSecond, TimeSpan commit, int seconds)
    {
        var store = SqliteStore.Open(new SqliteStoreOptions { Path = path, CommitInterval = commit }, NullLoggerFactory.Instance);
        var before = WrittenBytes();
        var watch = Stopwatch.StartNew();
        long seq = 0, bytes = 0;
        for (var second = 0; second < seconds; second++)
        {
            for (var i = 0; i < blocksPerSecond; i++)
            {
                var entry = store.Rent();
                (entry.Seq, entry.Kind, entry.Boot, entry.Plan, entry.Codec) = (++seq, EntryKind.Samples, 1, 1, SampleBlockCodec.Packed);
                entry.Now = (second * 1_000_000L) + (i * 1_000_000L / blocksPerSecond);
                (entry.TimeMin, entry.TimeMax) = (entry.Now, entry.Now);
                var body = bodies[seq % Bodies];
                body.CopyTo(entry.Body.GetSpan(body.Length));
                entry.Body.Advance(body.Length);
                bytes += body.Length;
                var posted = store.PostAsync(entry, CancellationToken.None);
                if (!posted.IsCompletedSuccessfully) posted.AsTask().GetAwaiter().GetResult();
            }
            // At a low rate nothing runs ahead: each commit is made at its time, as on a real day.
            if (blocksPerSecond == 1 && second % 2 == 0 && second > 0) store.WaitForCommitAsync(seq - 1, CancellationToken.None).GetAwaiter().GetResult();
        }
        store.FlushAsync(CancellationToken.None).GetAwaiter().GetResult();
        var elapsed = watch.Elapsed;
        store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return new Measure(seq * SamplesPerBlock, elapsed, new FileInfo(path).Length, WrittenBytes() - before, bytes);
    }

    private static Measure OfFile(string path, byte[][] bodies)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        var before = WrittenBytes();
        var watch = Stopwatch.StartNew();
        long seq = 0, bytes = 0;
        for (var second = 0; second < Seconds; second++)
        {
            for (var i = 0; i < BlocksPerSecond; i++)
            {
                var body = bodies[++seq % Bodies];
                file.Write(body);
                bytes += body.Length;
            }
            file.Flush(flushToDisk: true);
        }
        return new Measure(seq * SamplesPerBlock, watch.Elapsed, file.Length, WrittenBytes() - before, bytes);
    }

    private static byte[][] EncodeBodies()
    {
        var ids = Enumerable.Range(1, SamplesPerBlock).ToArray();
        var random = new Random(7);
        var bodies = new byte[Bodies][];
        for (var b = 0; b < Bodies; b++)
        {
            var block = new SampleBlock(SamplesPerBlock);
            for (var i = 0; i < SamplesPerBlock; i++)
            {
                var time = 1_795_478_400_000_000 + (b * 1_000_000L) + (i / 50 * 1_300);
                // As meters say them: two of five by a scaled register, one by a float32, two counters.
                if (i % 5 < 2) block.TryAddGauge(i, time, 1_800, random.Next(3_600, 4_000) / 10.0);
                else if (i % 5 == 2) block.TryAddGauge(i, time, 1_800, (float)(75 * random.NextDouble()));
                else block.TryAddInteger(i, time, 1_800, 10_000_000L + (b * 20) + i);
            }
            var output = new System.Buffers.ArrayBufferWriter<byte>();
            SampleBlockCodec.Encode(block, ids, output);
            bodies[b] = output.WrittenSpan.ToArray();
        }
        return bodies;
    }

    private static string Line(string name, string unit, List<Measure> stores, List<Measure> files, Func<Measure, double> value) =>
        InterleavedPairs.Of([.. stores.Zip(files, (s, f) => (value(s), value(f)))]).Line(name, unit, "file+fsync");

    /// <summary>Bytes that this process has had written to disks, as the kernel counts them.</summary>
    internal static long WrittenBytes() =>
        long.Parse(File.ReadLines("/proc/self/io").First(l => l.StartsWith("write_bytes:", StringComparison.Ordinal)).AsSpan(12).Trim(), NumberStyles.None, CultureInfo.InvariantCulture);

    private readonly record struct Measure(long Samples, TimeSpan Elapsed, long FileBytes, long Written, long BodyBytes)
    {
        public double SamplesPerSecond => Samples / Elapsed.TotalSeconds;

        public double BytesOnDisk => (double)FileBytes / Samples;

        public double Amplification => (double)Written / BodyBytes;
    }
}
