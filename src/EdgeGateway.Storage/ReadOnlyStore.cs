using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Storage.Reading;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Storage;

/// <summary>A store opened for looking only, beside a running gateway or without one. Thread-safe.</summary>
public sealed class ReadOnlyStore : ILogReader, IDisposable
{
    private readonly StoreReader _reader;

    private ReadOnlyStore(string path) => _reader = new StoreReader(path, NullLogger.Instance);

    /// <summary>Opens the file.</summary>
    /// <exception cref="StoreException">There is none.</exception>
    public static ReadOnlyStore Open(string path)
    {
        if (!File.Exists(path)) throw new StoreException($"There is no store {path}: run the gateway once, or name it by --store.");
        return new ReadOnlyStore(Path.GetFullPath(path));
    }

    /// <summary>Number of the newest entry, 0 for none.</summary>
    public long LastSeq => _reader.LastSeq();

    /// <summary>Persisted id of a unit, or null where it was never measured.</summary>
    public int? UnitId(string path) => _reader.UnitId(path);

    /// <summary>Id of the newest record, 0 for none.</summary>
    public long LastRecordId => _reader.LastRecordId();

    /// <summary>Id of the newest event, 0 for none.</summary>
    public long LastEventId => _reader.LastEventId();

    /// <summary>Path of a unit, or null.</summary>
    public string? UnitPath(int id) => _reader.UnitPath(id);

    /// <summary>Persisted id of a point, or null where it was never measured.</summary>
    public int? PointId(string path) => _reader.PointId(path);

    /// <summary>Path of a point, or null.</summary>
    public string? PointPath(int id) => _reader.PointPath(id);

    /// <summary>Records of a unit and kind that start in [from, to), highest revision of each key, by start.</summary>
    public IReadOnlyList<StoredRecord> ReadWindows(int unit, byte kind, long from, long to, int limit) => _reader.ReadWindows(unit, kind, from, to, limit);

    /// <summary>Entries with number above <paramref name="afterSeq"/>, ascending, at most <paramref name="limit"/>.</summary>
    public IReadOnlyList<StoredEntry> ReadEntries(long afterSeq, int limit) => _reader.ReadEntries(afterSeq, limit);

    /// <inheritdoc/>
    public IReadOnlyList<StoredRecord> ReadRecords(long afterId, int limit) => _reader.ReadRecords(afterId, limit);

    /// <inheritdoc/>
    public IReadOnlyList<StoredEvent> ReadEvents(long afterId, int limit) => _reader.ReadEvents(afterId, limit);

    /// <summary>The effective map with this id, or null.</summary>
    public string? PlanBody(int id) => _reader.PlanBody(id);

    /// <summary>What is known of a boot.</summary>
    public StoredBoot Boot(int id) => _reader.Boot(id);

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();
}
