using System.Collections.Immutable;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Pipeline.Publishing;

/// <summary>An order to send a stretch of the log to one target again.</summary>
/// <param name="From">UTC microseconds, inclusive; a record's start, a sample's or an event's time.</param>
/// <param name="To">UTC microseconds, exclusive.</param>
/// <param name="Streams">What to send.</param>
/// <param name="PerSecond">Items a second at most, so that live data keep their way; above 0.</param>
public sealed record RepublishOrder(long From, long To, ImmutableArray<RecordStream> Streams, int PerSecond)
{
    /// <summary>Items a second where nobody says otherwise.</summary>
    public const int UsualRate = 50;

    /// <summary>True for a record that belongs to it.</summary>
    public bool Wants(WindowRecord record) => record.Start >= From && record.Start < To;

    /// <summary>True for a time that belongs to it.</summary>
    public bool Wants(long micros) => micros >= From && micros < To;
}
