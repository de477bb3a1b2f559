using System.CommandLine;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Pipeline.Loops;
using EdgeGateway.Storage;
using EdgeGateway.Storage.Bounds;

namespace EdgeGateway.Composition;

/// <summary>Where a map's database file is.</summary>
internal static class StorePlace
{
    /// <summary>The option that overrides the map.</summary>
    public static System.CommandLine.Option<string?> Option() => new("--store") { Description = "The database file; overrides the map's store.path (default: data/gateway.db beside the map)." };

    /// <summary>The path for a map that may have faults: as overridden, as the map says or, where it has faults, the last of its files that can be read, or the default beside it.</summary>
    public static string Of(FileInfo map, string? overriding)
    {
        var path = map.ToString();
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (overriding is not null) return Path.Combine(folder, overriding);
        var outcome = MapFile.Read(path);
        return outcome.Map is { } valid ? Of(valid, null) : Path.Combine(folder, outcome.Texts.Select(t => Written(t.Key, t.Value)).OfType<string>().LastOrDefault() ?? Default);
    }

    /// <summary>The path: as overridden, as the map says, or the default beside the map.</summary>
    public static string Of(LoadedMap map, string? overriding) => Path.Combine(map.Folder, overriding ?? map.Plant.Store.Path ?? Default);

    /// <summary>How a gateway opens its store.</summary>
    public static SqliteStoreOptions Settings(GatewayOptions options, string path, LoopPulse pulse)
    {
        const long megabyte = 1_000_000;
        var map = options.Map.Plant.Store;
        return new SqliteStoreOptions
        {
            Path = path,
            CommitInterval = map.Commit,
            Time = options.Time,
            Pulse = pulse,
            Bounds = new StoreBounds
            {
                SampleAge = map.KeepSamples,
                SampleBytes = map.SampleMegabytes * megabyte,
                ShortAge = map.KeepShort,
                QuarterAge = map.KeepQuarter,
                EventAge = map.KeepEvents,
                RecordBytes = map.RecordMegabytes * megabyte,
            },
        };
    }

    private static string? Written(string file, string text) =>
        (((MapReader.Read(file, text, new FaultList()) as MapTable)?.Find(MapOptions.Map.Store.Key) as MapTable)?.Find(MapOptions.Store.Path.Key) as MapText)?.Value;

    private static string Default => Path.Combine("data", "gateway.db");
}
