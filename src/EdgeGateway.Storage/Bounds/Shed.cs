namespace EdgeGateway.Storage.Bounds;

/// <summary>What one step took away.</summary>
internal sealed class Shed
{
    /// <summary>Entries of the input log, and their bytes.</summary>
    public long Entries { get; set; }

    /// <summary>Bytes of them.</summary>
    public long EntryBytes { get; set; }

    /// <summary>Window records.</summary>
    public long Records { get; set; }

    /// <summary>Bytes of them.</summary>
    public long RecordBytes { get; set; }

    /// <summary>Events.</summary>
    public long Events { get; set; }

    /// <summary>Quarantined items, of which nothing would have been left to send.</summary>
    public long Quarantined { get; set; }

    /// <summary>Items that a publisher had not acknowledged, by publisher.</summary>
    public Dictionary<string, long> Unsent { get; } = [];

    /// <summary>True where there was nothing to take.</summary>
    public bool IsEmpty => Entries + Records + Events == 0;

    /// <summary>True where someone misses something.</summary>
    public bool IsLoss => Unsent.Count > 0;

    public void Add(Unsent unsent)
    {
        foreach (var (publisher, items) in unsent.Items) Unsent[publisher] = Unsent.GetValueOrDefault(publisher) + items;
    }

    public void Add(Shed other)
    {
        Entries += other.Entries;
        EntryBytes += other.EntryBytes;
        Records += other.Records;
        RecordBytes += other.RecordBytes;
        Events += other.Events;
        Quarantined += other.Quarantined;
        foreach (var (publisher, items) in other.Unsent) Unsent[publisher] = Unsent.GetValueOrDefault(publisher) + items;
    }

    public void Clear()
    {
        (Entries, EntryBytes, Records, RecordBytes, Events, Quarantined) = (0, 0, 0, 0, 0, 0);
        Unsent.Clear();
    }
}
