using System.Buffers;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Plants;

/// <summary>Keeps what metering stated, records in their durable form, and holds it to the two rules that never bend: a key at most once an entry, revisions that rise.</summary>
internal sealed class Statements : IMeteringOutput
{
    private readonly Dictionary<RecordKey, Revision> _newest = [];

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
        Records.Add(copy);
    }

    public void Event(GatewayEvent happening) => Events.Add(happening);

    public IEnumerable<EventKind> Kinds => Events.Select(e => e.Kind);
}
