using System.Buffers;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Plants;

/// <summary>Keeps what metering stated, records in their durable form, and holds it to the two rules that never bend: a key at most once an entry, revisions that rise.</summary>
internal sealed class Statements : IMeteringOutput, IRecordHistory
{
    private readonly Dictionary<RecordKey, Revision> _newest = [];
    private readonly Dictionary<(int Unit, WindowKind Kind), SortedList<(long Start, string Id), byte[]>> _bodies = [];

    public List<byte[]> Bodies { get; } = [];

    public List<WindowRecord> Records { get; } = [];

    public List<GatewayEvent> Events { get; } = [];

    /// <summary>The highest revision of each key.</summary>
    public IEnumerable<WindowRecord> Final => Records.GroupBy(r => r.Key).Select(g => g.MaxBy(r => r.Revision)!);

    public void Record(WindowRecord record)
    {
        if (_newest.TryGetValue(record.Key, out var before)) Assert.True(record.Revision > before, $"{record.Key} was stated again without a higher revision");
        _newest[record.Key] = record.Revision;
        var body = new ArrayBufferWriter<byte>();
        WindowRecordCodec.Encode(record, body);
        var copy = new WindowRecord();
        Assert.True(WindowRecordCodec.TryDecode(body.WrittenSpan, copy));
        Bodies.Add(body.WrittenSpan.ToArray());
        if (!_bodies.TryGetValue((record.Unit, record.Kind), out var stream)) _bodies[(record.Unit, record.Kind)] = stream = [];
        stream[(record.Start, record.WindowId)] = Bodies[^1];
        Records.Add(copy);
    }

    public void Event(GatewayEvent happening) => Events.Add(happening);

    public IReadOnlyList<WindowRecord> Read(int unit, WindowKind kind, long from, long to, int limit)
    {
        if (!_bodies.TryGetValue((unit, kind), out var stream)) return [];
        return [.. stream.Where(b => b.Key.Start >= from && b.Key.Start < to).Take(limit).Select(b => Copy(b.Value))];

        static WindowRecord Copy(byte[] body)
        {
            var record = new WindowRecord();
            Assert.True(WindowRecordCodec.TryDecode(body, record));
            return record;
        }
    }

    public IEnumerable<EventKind> Kinds => Events.Select(e => e.Kind);
}
