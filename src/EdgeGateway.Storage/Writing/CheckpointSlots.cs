using System.Buffers.Binary;
using System.Numerics;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Storage.Sqlite;

namespace EdgeGateway.Storage.Writing;

/// <summary>The two places of checkpoints: the older one is overwritten, so that a torn or unreadable newest leaves one behind it.</summary>
internal static class CheckpointSlots
{
    private const string Put = "INSERT INTO checkpoint(slot, seq, crc, body) VALUES (?1, ?2, ?3, ?4) ON CONFLICT(slot) DO UPDATE SET seq = ?2, crc = ?3, body = ?4";
    private const string Oldest = "SELECT slot FROM checkpoint ORDER BY seq LIMIT 1";
    private const string Count = "SELECT count(*), coalesce(min(slot), 1) FROM checkpoint";
    private const string Newest = "SELECT seq, crc, body FROM checkpoint WHERE seq < ? ORDER BY seq DESC LIMIT 1";

    /// <summary>Writes into the free slot, or over the older one. Within the caller's transaction.</summary>
    public static void Write(Connection file, long seq, ReadOnlySpan<byte> body)
    {
        var put = file.Prepared(Put);
        put.Bind(1, SlotToUse(file));
        put.Bind(2, seq);
        put.Bind(3, Crc(seq, body));
        put.Bind(4, body);
        put.Run();
    }

    /// <summary>The newest checkpoint below <paramref name="below"/>, whole or not.</summary>
    public static StoredCheckpoint? Read(Connection file, long below)
    {
        var newest = file.Prepared(Newest);
        try
        {
            newest.Bind(1, below);
            if (!newest.Step()) return null;
            var (seq, body) = (newest.Int64(0), newest.Blob(2).ToArray());
            return new StoredCheckpoint(seq, body, IsWhole: newest.Int64(1) == Crc(seq, body));
        }
        finally
        {
            newest.Reset();
        }
    }

    /// <summary>Empties the slot of a checkpoint. Within the caller's transaction.</summary>
    /// <returns>How many there were.</returns>
    public static int Drop(Connection file, long seq)
    {
        var drop = file.Prepared("DELETE FROM checkpoint WHERE seq = ?");
        drop.Bind(1, seq);
        drop.Run();
        return file.Changes;
    }

    /// <summary>CRC-32C over the number and the body.</summary>
    public static uint Crc(long seq, ReadOnlySpan<byte> body)
    {
        var crc = BitOperations.Crc32C(uint.MaxValue, (ulong)seq);
        for (; body.Length >= 8; body = body[8..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(body));
        foreach (var b in body) crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }

    private static long SlotToUse(Connection file)
    {
        var count = file.Prepared(Count);
        count.Step();
        var (taken, lowest) = (count.Int64(0), count.Int64(1));
        count.Reset();
        if (taken < 2) return taken == 0 ? 0 : 1 - lowest;
        var oldest = file.Prepared(Oldest);
        oldest.Step();
        var slot = oldest.Int64(0);
        oldest.Reset();
        return slot;
    }
}
