using EdgeGateway.Metering;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Pipeline.Recovery;

/// <summary>The record log as metering's jobs read it. What was posted must be durable: flush before.</summary>
/// <param name="store">The log.</param>
public sealed class StoredHistory(IStore store) : IRecordHistory
{
    /// <inheritdoc/>
    public IReadOnlyList<WindowRecord> Read(int unit, WindowKind kind, long from, long to, int limit)
    {
        var records = new List<WindowRecord>();
        foreach (var stored in store.ReadWindows(unit, kind.Code, from, to, limit))
        {
            var record = new WindowRecord();
            // A body of a later version is not mended by this one.
            if (WindowRecordCodec.TryDecode(stored.Body, record)) records.Add(record);
        }
        return records;
    }
}
