using Microsoft.Extensions.Logging;

namespace EdgeGateway.Storage;

/// <summary>What the store says.</summary>
internal static partial class StoreLog
{
    [LoggerMessage(1, LogLevel.Error, "{Path} was damaged and is set aside as {Aside}; a fresh store begins")]
    public static partial void SetAside(ILogger log, string path, string aside);

    [LoggerMessage(2, LogLevel.Error, "{Fault}")]
    public static partial void CommitFailed(ILogger log, string fault);

    [LoggerMessage(3, LogLevel.Information, "The store {Path} can be written again after {Failures} failed commits; nothing was lost")]
    public static partial void Recovered(ILogger log, string path, int failures);

    [LoggerMessage(4, LogLevel.Critical, "The store {Path} stops while it cannot be written: {Entries} entries from number {First} on are lost")]
    public static partial void Lost(ILogger log, string path, int entries, long first);

    [LoggerMessage(5, LogLevel.Warning, "Event {Id} of the store cannot be read in full; its details are left out")]
    public static partial void UnreadableEvent(ILogger log, long id);

    [LoggerMessage(7, LogLevel.Information, "The store {Path} keeps to its bounds: {Entries} entries, {Records} records and {Events} events were let go, all of them sent wherever they were wanted")]
    public static partial void ShedOld(ILogger log, string path, long entries, long records, long events);

    [LoggerMessage(8, LogLevel.Error, "ALARM: the store {Path} is at its bounds: of {Entries} entries and {Records} records that were let go, so many at most had not been sent: {Unsent}. Mend the target, or give the store larger bounds (store.keep_*)")]
    public static partial void ShedUnsent(ILogger log, string path, long entries, long records, string unsent);

    [LoggerMessage(9, LogLevel.Warning, "The store {Path} cannot let old data go just now: {Problem}")]
    public static partial void ShedFailed(ILogger log, string path, string problem);

    [LoggerMessage(10, LogLevel.Warning, "The checkpoint at entry {Seq} cannot be read and is set aside as {Aside}; metering is rebuilt from an older one or from the log")]
    public static partial void CheckpointSetAside(ILogger log, long seq, string aside);
}
