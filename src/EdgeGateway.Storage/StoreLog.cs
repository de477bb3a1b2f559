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

    [LoggerMessage(6, LogLevel.Warning, "The checkpoint at entry {Seq} is damaged; an older one is taken")]
    public static partial void DamagedCheckpoint(ILogger log, long seq);
}
