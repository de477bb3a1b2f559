using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Storing;

namespace EdgeGateway.Storage.Writing;

/// <summary>What becomes durable together. Filled under the writer's lock, then owned by the writer's thread until it is committed.</summary>
internal sealed class Batch
{
    public List<LogEntry> Entries { get; } = [];

    /// <summary>Newest position of each cursor that moved.</summary>
    public Dictionary<(string Publisher, RecordStream Stream), AckRanges> Cursors { get; } = [];

    public List<QuarantineRow> Quarantine { get; } = [];

    /// <summary>Bytes of the entries.</summary>
    public long Bytes { get; private set; }

    /// <summary>Number of the newest posting in it; what a flush waits for.</summary>
    public long Ticket { get; set; }

    /// <summary>Time of the newest entry that somebody vouched for, or <see cref="long.MinValue"/>.</summary>
    public long VerifiedNow
    {
        get
        {
            for (var i = Entries.Count - 1; i >= 0; i--)
            {
                if (!EntryCodec.IsBootTime(Entries[i].Codec) && !EntryCodec.IsUnverified(Entries[i].Codec)) return Entries[i].Now;
            }
            return long.MinValue;
        }
    }

    public bool IsEmpty => Entries.Count == 0 && Cursors.Count == 0 && Quarantine.Count == 0;

    public void Add(LogEntry entry)
    {
        Entries.Add(entry);
        Bytes += SizeOf(entry);
    }

    public void Clear()
    {
        Entries.Clear();
        Cursors.Clear();
        Quarantine.Clear();
        Bytes = 0;
    }

    public static long SizeOf(LogEntry entry) => entry.MemoryBytes;
}

/// <summary>A rejected item; without a reason, one that leaves the quarantine.</summary>
internal readonly record struct QuarantineRow(string Publisher, RecordStream Stream, long Id, long AtMicros, string? Reason);

/// <summary>What a commit made durable.</summary>
/// <param name="LastSeq">Number of the newest durable entry.</param>
/// <param name="LastRecordId">Id of the newest durable record.</param>
/// <param name="Entries">New entries.</param>
/// <param name="EntryBytes">Bytes of their bodies.</param>
/// <param name="Records">New records.</param>
/// <param name="RecordBytes">Bytes of their bodies.</param>
/// <param name="Checkpoint">Whether there was a checkpoint in it.</param>
internal readonly record struct Written(long LastSeq, long LastRecordId, int Entries, long EntryBytes, int Records, long RecordBytes, bool Checkpoint);
