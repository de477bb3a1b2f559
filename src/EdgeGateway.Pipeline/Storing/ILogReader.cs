namespace EdgeGateway.Pipeline.Storing;

/// <summary>The log as readers with cursors see it, whether a gateway writes it or not. Each read is ended on return. Any thread.</summary>
public interface ILogReader
{
    /// <summary>What is known of a boot.</summary>
    StoredBoot Boot(int id);

    /// <summary>Entries with number above <paramref name="afterSeq"/>, ascending, at most <paramref name="limit"/>.</summary>
    IReadOnlyList<StoredEntry> ReadEntries(long afterSeq, int limit);

    /// <summary>Records with id above <paramref name="afterId"/>, ascending, at most <paramref name="limit"/>, each marked where a higher revision of its key is durable.</summary>
    IReadOnlyList<StoredRecord> ReadRecords(long afterId, int limit);

    /// <summary>Events with id above <paramref name="afterId"/>, ascending.</summary>
    IReadOnlyList<StoredEvent> ReadEvents(long afterId, int limit);
}
