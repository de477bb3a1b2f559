using System.Globalization;
using EdgeGateway.Peers;

namespace EdgeGateway.Tests.Simulation;

/// <summary>What a process takes of its machine, hour by hour, and how fast that grows.</summary>
internal sealed class SoakFigures
{
    private readonly List<(double Day, long Resident, long Managed, int Handles, int Threads, int Pool, long Database, long Log)> _hours = [];

    public const string Header = "day,resident_bytes,managed_bytes,handles,threads,database_bytes,log_bytes";

    /// <summary>Takes the figures of this instant; the heap is collected first, so that only what is held counts.</summary>
    public string Take(double day, string storePath)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        // GC.GetTotalMemory drifts below zero in the course of hundreds of such collections.
        var heap = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        var managed = heap.HeapSizeBytes - heap.FragmentedBytes;
        var resident = long.Parse(File.ReadAllLines("/proc/self/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        _hours.Add((day, resident, managed, Directory.GetFileSystemEntries("/proc/self/fd").Length, Directory.GetDirectories("/proc/self/task").Length, ThreadPool.ThreadCount, UsedBytes(storePath), new FileInfo(storePath + "-wal").Length));
        var (d, r, m, h, t, _, b, l) = _hours[^1];
        return string.Create(CultureInfo.InvariantCulture, $"{d:F3},{r},{m},{h},{t},{b},{l}");
    }

    /// <summary>Bytes of the pages in use: those that are free stand ready for the next records, and the file is as long as it ever had to be. Asked of another process, for closing the file in this one would end SQLite's locks.</summary>
    private static long UsedBytes(string storePath) => long.Parse(SqliteProgram.Ask(storePath, "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size"), CultureInfo.InvariantCulture);

    /// <summary>The largest write-ahead log seen. It is written round and round, and is as long as it ever had to be: it knows no trend, only a limit.</summary>
    public long LargestLog => _hours.Max(h => h.Log);

    /// <summary>Trends of everything else.</summary>
    /// <param name="warmUp">From how many days on.</param>
    /// <param name="pool">Whether threads of the pool count: in hours their number follows the load, and what other tests left.</param>
    public IReadOnlyList<SoakTrend> Trends(double warmUp, bool pool)
    {
        var steady = _hours.Where(h => h.Day >= warmUp).ToList();
        return
        [
            SoakTrend.Of("resident memory, bytes", steady.Select(h => (h.Day, (double)h.Resident))),
            SoakTrend.Of("managed heap, bytes", steady.Select(h => (h.Day, (double)h.Managed))),
            SoakTrend.Of("handles", steady.Select(h => (h.Day, (double)h.Handles))),
            SoakTrend.Of("threads", steady.Select(h => (h.Day, (double)(pool ? h.Threads : h.Threads - h.Pool)))),
            SoakTrend.Of("database in use, bytes", steady.Select(h => (h.Day, (double)h.Database))),
        ];
    }
}

/// <summary>A straight line through figures over days, by least squares.</summary>
/// <param name="What">Their name.</param>
/// <param name="Mean">Mean of the figures.</param>
/// <param name="Slope">Growth a day.</param>
/// <param name="Days">Length of the line.</param>
/// <param name="Noise">Standard deviation of the figures around the line.</param>
internal sealed record SoakTrend(string What, double Mean, double Slope, double Days, double Noise)
{
    /// <summary>What the line climbs from its beginning to its end.</summary>
    public double Drift => Slope * Days;

    /// <summary>True where it climbs no further than its figures lie apart anyway.</summary>
    public bool IsNil => Drift <= 2 * Noise;

    public static SoakTrend Of(string what, IEnumerable<(double Day, double Figure)> figures)
    {
        var all = figures.ToList();
        var (day, mean) = (all.Average(f => f.Day), all.Average(f => f.Figure));
        var slope = all.Sum(f => (f.Day - day) * (f.Figure - mean)) / all.Sum(f => (f.Day - day) * (f.Day - day));
        var noise = Math.Sqrt(all.Average(f => Math.Pow(f.Figure - mean - slope * (f.Day - day), 2)));
        return new SoakTrend(what, mean, slope, all[^1].Day - all[0].Day, noise);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{What}: mean {Mean:F0}, {Slope:+0.0;-0.0;0} a day, {Drift:+0.0;-0.0;0} in {Days:F2} days, noise {Noise:F1}");
}
