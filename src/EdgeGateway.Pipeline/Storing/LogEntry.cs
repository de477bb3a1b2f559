using System.Buffers;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Pipeline.Storing;

/// <summary>Kind of an entry of the input log. Durable numbers.</summary>
public enum EntryKind : byte
{
    /// <summary>A block of samples.</summary>
    Samples = 1,

    /// <summary>Time passed without a block.</summary>
    Advance = 2,

    /// <summary>Another plan is in force from here on; its id is in the entry.</summary>
    Plan = 3,

    /// <summary>An operator's word, such as a replaced meter.</summary>
    Operator = 4,

    /// <summary>A job may do its next share.</summary>
    JobTick = 5,

    /// <summary>The clock stepped.</summary>
    ClockStep = 6,
}

/// <summary>What Ingest hands to the store for one entry: the entry itself, and the records, events and checkpoint that it caused. They are committed together.</summary>
/// <remarks>Pooled by the store: rent, fill, post; the store takes it back after the commit. One owner at a time.</remarks>
public sealed class LogEntry
{
    // Objects and lists of an entry, a row of the list, an event with a few details: measured, and rounded up.
    private const long Overhead = 512, RowBytes = 96, EventBytes = 1024;

    private readonly ArrayBufferWriter<byte> _body = new(256);
    private readonly ArrayBufferWriter<byte> _recordBytes = new();
    private readonly ArrayBufferWriter<byte> _checkpoint = new();
    private readonly List<RecordRow> _records = [];
    private readonly List<GatewayEvent> _events = [];

    /// <summary>Number of the entry; consecutive.</summary>
    public long Seq { get; set; }

    /// <summary>Kind.</summary>
    public EntryKind Kind { get; set; }

    /// <summary>Its time, UTC microseconds.</summary>
    public long Now { get; set; }

    /// <summary>Id of the boot it was written in.</summary>
    public int Boot { get; set; }

    /// <summary>Id of the plan in force.</summary>
    public int Plan { get; set; }

    /// <summary>Least sample time in it, or null.</summary>
    public long? TimeMin { get; set; }

    /// <summary>Greatest sample time in it, or null.</summary>
    public long? TimeMax { get; set; }

    /// <summary>How the body is encoded.</summary>
    public byte Codec { get; set; }

    /// <summary>The entry's body.</summary>
    public ArrayBufferWriter<byte> Body => _body;

    /// <summary>Records it caused, in order.</summary>
    public IReadOnlyList<RecordRow> Records => _records;

    /// <summary>Events it caused, in order.</summary>
    public IReadOnlyList<GatewayEvent> Events => _events;

    /// <summary>Metering's state behind this entry, or empty.</summary>
    public ArrayBufferWriter<byte> Checkpoint => _checkpoint;

    /// <summary>About what the entry takes of memory, room for growth included: what bounds of waiting entries are counted in.</summary>
    public long MemoryBytes => Overhead + _body.Capacity + _recordBytes.Capacity + _checkpoint.Capacity + RowBytes * _records.Capacity + EventBytes * _events.Count;

    /// <summary>Encodes a record into the entry.</summary>
    public void Add(WindowRecord record)
    {
        var start = _recordBytes.WrittenCount;
        WindowRecordCodec.Encode(record, _recordBytes);
        _records.Add(new RecordRow(record.Unit, record.Kind, record.Start, record.WindowId, record.Revision, start, _recordBytes.WrittenCount - start));
    }

    /// <summary>Adds an event.</summary>
    public void Add(GatewayEvent happening) => _events.Add(happening);

    /// <summary>The encoded body of one of <see cref="Records"/>.</summary>
    public ReadOnlyMemory<byte> BodyOf(in RecordRow row) => _recordBytes.WrittenMemory.Slice(row.Offset, row.Length);

    /// <summary>Empties the entry for its next use.</summary>
    public void Clear()
    {
        (Seq, Kind, Now, Boot, Plan, TimeMin, TimeMax, Codec) = (0, default, 0, 0, 0, null, null, 0);
        _body.ResetWrittenCount();
        _recordBytes.ResetWrittenCount();
        _checkpoint.ResetWrittenCount();
        _records.Clear();
        _events.Clear();
    }
}

/// <summary>A record within a <see cref="LogEntry"/>.</summary>
/// <param name="Unit">Persisted unit id.</param>
/// <param name="Kind">Kind of window.</param>
/// <param name="Start">UTC microseconds.</param>
/// <param name="WindowId">Window id.</param>
/// <param name="Revision">Revision.</param>
/// <param name="Offset">Where its body begins.</param>
/// <param name="Length">Length of its body.</param>
public readonly record struct RecordRow(int Unit, WindowKind Kind, long Start, string WindowId, Revision Revision, int Offset, int Length);
