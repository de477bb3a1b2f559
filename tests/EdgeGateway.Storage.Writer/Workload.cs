using System.Buffers.Binary;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Storage.Writer;

/// <summary>Entries whose whole content follows from their number, so that whoever finds one on disk knows what must stand beside it.</summary>
public static class Workload
{
    public const long Epoch = 1_795_478_400;

    /// <summary>Each entry is this much later than the one before.</summary>
    public const long StepMicros = 250_000;

    public static int RecordsOf(long seq) => seq % 3 == 0 ? (int)(seq % 4) : 0;

    public static bool HasEvent(long seq) => seq % 7 == 0;

    public static bool HasCheckpoint(long seq) => seq % 40 == 0;

    public static byte[] BodyOf(long seq)
    {
        var body = new byte[8 + (int)(seq * 7919 % 9000)];
        BinaryPrimitives.WriteInt64LittleEndian(body, seq);
        for (var i = 8; i < body.Length; i++) body[i] = (byte)(seq + i);
        return body;
    }

    public static byte[] CheckpointOf(long seq)
    {
        var body = new byte[20_000];
        BinaryPrimitives.WriteInt64LittleEndian(body, seq);
        body.AsSpan(8).Fill((byte)seq);
        return body;
    }

    public static void Fill(LogEntry entry, long seq)
    {
        (entry.Seq, entry.Kind, entry.Now, entry.Boot, entry.Plan, entry.Codec) = (seq, EntryKind.Samples, seq * StepMicros, 1, 1, 1);
        (entry.TimeMin, entry.TimeMax) = (entry.Now - 10, entry.Now);
        Write(entry.Body, BodyOf(seq));
        for (var i = 0; i < RecordsOf(seq); i++) entry.Add(RecordOf(seq, i));
        if (HasEvent(seq)) entry.Add(new GatewayEvent(EventKind.Gap, entry.Now, "press.energy", [new("seq", seq.ToString(System.Globalization.CultureInfo.InvariantCulture))]));
        if (HasCheckpoint(seq)) Write(entry.Checkpoint, CheckpointOf(seq));
    }

    public static WindowRecord RecordOf(long seq, int unit)
    {
        var record = new WindowRecord { Unit = unit + 1, Kind = WindowKind.Minute, Start = seq / 30 * 60_000_000, End = seq / 30 * 60_000_000 + 60_000_000, Revision = new Revision(Epoch, seq), CoveredMicros = 60_000_000 };
        record.BeginSegment(record.Start, record.End, default, null, default);
        record.Add(new WindowInput { Point = 7, T0 = seq << 16, T1 = (seq + unit) << 16, Sign = 1 });
        return record;
    }

    private static void Write(System.Buffers.ArrayBufferWriter<byte> target, byte[] bytes)
    {
        bytes.CopyTo(target.GetSpan(bytes.Length));
        target.Advance(bytes.Length);
    }
}
