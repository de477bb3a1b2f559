using System.Buffers;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Storage.Bounds;
using EdgeGateway.Storage.Sqlite;

namespace EdgeGateway.Storage.Writing;

/// <summary>Puts a batch into the file in one transaction. Allocates nothing for entries and records.</summary>
internal sealed class BatchWriter
{
    private const string PutInput = "INSERT INTO input(seq, kind, now_us, boot, plan, t_min, t_max, codec, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private const string PutRecord = """
        INSERT INTO record(unit, kind, start_us, wid, epoch, seq, body) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT(unit, kind, start_us, wid, epoch, seq) DO NOTHING
        """;
    private const string PutEvent = "INSERT INTO event(seq, ord, kind, at_us, subject, body) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT(seq, ord) DO NOTHING";
    private const string DropCursor = "DELETE FROM cursor WHERE publisher = ? AND stream = ?";
    private const string PutCursor = "INSERT INTO cursor(publisher, stream, lo, hi) VALUES (?, ?, ?, ?)";
    private const string DropQuarantine = "DELETE FROM quarantine WHERE publisher = ? AND stream = ? AND id = ?";
    private const string PutQuarantine = """
        INSERT INTO quarantine(publisher, stream, id, at_us, reason) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT(publisher, stream, id) DO UPDATE SET at_us = ?4, reason = ?5
        """;

    private readonly Connection _file;
    private readonly Statement _begin, _commit, _input, _record, _event;
    private readonly ArrayBufferWriter<byte> _eventBody = new();
    private readonly long _openedAt;
    private long _lastSeq, _lastRecordId;
    private Tally _tally;

    /// <summary>Bytes of the logs as far as they are durable. The writer's thread.</summary>
    public ref Tally Tally => ref _tally;

    /// <summary>Entries up to <paramref name="lastSeq"/> stand in the file already: posted again by a replay, they only add what they cause.</summary>
    public BatchWriter(Connection file, long lastSeq, long lastRecordId)
    {
        _file = file;
        _tally = Bounds.Tally.Load(file);
        _openedAt = _lastSeq = lastSeq;
        _lastRecordId = lastRecordId;
        _begin = file.Prepared("BEGIN IMMEDIATE");
        _commit = file.Prepared("COMMIT");
        _input = file.Prepared(PutInput);
        _record = file.Prepared(PutRecord);
        _event = file.Prepared(PutEvent);
    }

    /// <summary>Commits <paramref name="batch"/>, or leaves the file as it was and throws.</summary>
    public Written Write(Batch batch)
    {
        try
        {
            _begin.Run();
            var written = new Written(_lastSeq, _lastRecordId, 0, 0, 0, 0, false);
            foreach (var entry in batch.Entries) Write(entry, ref written);
            foreach (var (key, ranges) in batch.Cursors) Write(key.Publisher, key.Stream.Word(), ranges, LimitOf(key.Stream, written.LastSeq));
            foreach (var row in batch.Quarantine) Write(row);
            var tally = new Tally(written.LastSeq, _tally.SampleBytes + written.EntryBytes + written.Entries * Bounds.Tally.EntryOverhead, written.LastRecordId,
                _tally.RecordBytes + written.RecordBytes + written.Records * Bounds.Tally.RecordOverhead);
            if (written.Checkpoint) tally.Save(_file);
            _commit.Run();
            (_lastSeq, _lastRecordId, _tally) = (written.LastSeq, written.LastRecordId, tally);
            return written;
        }
        catch
        {
            _file.Rollback();
            throw;
        }
    }

    /// <summary>Samples may be acknowledged before they are durable; such an acknowledgement must not be durable before them, because their numbers would be given again after a crash.</summary>
    public static long LimitOf(RecordStream stream, long durableSeq) => stream == RecordStream.Telemetry ? durableSeq : long.MaxValue;

    private void Write(LogEntry entry, ref Written written)
    {
        if (entry.Seq > _openedAt)
        {
            _input.Bind(1, entry.Seq);
            _input.Bind(2, (byte)entry.Kind);
            _input.Bind(3, entry.Now);
            _input.Bind(4, entry.Boot);
            _input.Bind(5, entry.Plan);
            _input.Bind(6, entry.TimeMin);
            _input.Bind(7, entry.TimeMax);
            _input.Bind(8, entry.Codec);
            _input.Bind(9, entry.Body.WrittenSpan);
            _input.Run();
            written = written with { LastSeq = entry.Seq, Entries = written.Entries + 1, EntryBytes = written.EntryBytes + entry.Body.WrittenCount };
        }
        for (var i = 0; i < entry.Records.Count; i++) Write(entry, entry.Records[i], ref written);
        for (var i = 0; i < entry.Events.Count; i++) WriteEvent(entry, i);
        if (entry.Checkpoint.WrittenCount == 0) return;
        CheckpointSlots.Write(_file, entry.Seq, entry.Checkpoint.WrittenSpan);
        written = written with { Checkpoint = true };
    }

    private void Write(LogEntry entry, in RecordRow row, ref Written written)
    {
        _record.Bind(1, row.Unit);
        _record.Bind(2, row.Kind.Code);
        _record.Bind(3, row.Start);
        _record.Bind(4, row.WindowId);
        _record.Bind(5, row.Revision.Epoch);
        _record.Bind(6, row.Revision.Seq);
        _record.Bind(7, entry.BodyOf(row).Span);
        _record.Run();
        if (_file.Changes > 0) written = written with { LastRecordId = _file.LastId, Records = written.Records + 1, RecordBytes = written.RecordBytes + row.Length };
    }

    private void WriteEvent(LogEntry entry, int order)
    {
        var happening = entry.Events[order];
        _eventBody.ResetWrittenCount();
        happening.EncodeBody(_eventBody);
        _event.Bind(1, entry.Seq);
        _event.Bind(2, order);
        _event.Bind(3, (ushort)happening.Kind);
        _event.Bind(4, happening.At);
        _event.Bind(5, happening.Subject.Length == 0 ? null : happening.Subject);
        _event.Bind(6, _eventBody.WrittenSpan);
        _event.Run();
    }

    private void Write(string publisher, string stream, AckRanges ranges, long limit)
    {
        var drop = _file.Prepared(DropCursor);
        drop.Bind(1, publisher);
        drop.Bind(2, stream);
        drop.Run();
        var any = false;
        foreach (var (lo, hi) in ranges.Ranges)
        {
            if (lo > limit) break;
            Put(lo, Math.Min(hi, limit));
            any = true;
        }
        // A cursor that has acknowledged nothing is still no new one: an empty range stands for it.
        if (!any) Put(1, 0);

        void Put(long lo, long hi)
        {
            var put = _file.Prepared(PutCursor);
            put.Bind(1, publisher);
            put.Bind(2, stream);
            put.Bind(3, lo);
            put.Bind(4, hi);
            put.Run();
        }
    }

    private void Write(in QuarantineRow row)
    {
        var put = _file.Prepared(row.Reason is null ? DropQuarantine : PutQuarantine);
        put.Bind(1, row.Publisher);
        put.Bind(2, row.Stream.Word());
        put.Bind(3, row.Id);
        if (row.Reason is null)
        {
            put.Run();
            return;
        }
        put.Bind(4, row.AtMicros);
        put.Bind(5, row.Reason);
        put.Run();
    }
}
