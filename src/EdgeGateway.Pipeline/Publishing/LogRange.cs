using System.Collections.Immutable;
using EdgeGateway.Pipeline.Storing;

namespace EdgeGateway.Pipeline.Publishing;

/// <summary>A stretch of time of the log.</summary>
/// <param name="From">UTC microseconds, inclusive; a record's start, a sample's or an event's time.</param>
/// <param name="To">UTC microseconds, exclusive.</param>
/// <param name="Streams">What of it.</param>
public sealed record LogRange(long From, long To, ImmutableArray<RecordStream> Streams)
{
    /// <summary>True for a time that belongs to it.</summary>
    public bool Holds(long micros) => micros >= From && micros < To;
}

/// <summary>Where the log ended when a reader began: what comes later is not its business.</summary>
/// <param name="Record">Id of the newest record.</param>
/// <param name="Entry">Number of the newest entry.</param>
/// <param name="Event">Id of the newest event.</param>
public readonly record struct LogEnd(long Record, long Entry, long Event)
{
    /// <summary>What is durable just now.</summary>
    public static LogEnd Of(IStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return new LogEnd(store.DurableRecordId, store.DurableSeq, store.DurableEventId);
    }
}
