using System.Buffers;
using System.Globalization;
using EdgeGateway.Records.Events;
using EdgeGateway.Storage.Sqlite;

namespace EdgeGateway.Storage.Bounds;

/// <summary>Says in the event log what was shed. It hangs on the newest durable entry, behind all that the entry itself caused, so that a replay never meets it.</summary>
internal static class ShedEvent
{
    private const int FirstOrder = 1_000_000;
    private const string Next = "SELECT max(coalesce(max(ord), 0) + 1, ?2) FROM event WHERE seq = ?1";
    private const string Put = "INSERT INTO event(seq, ord, kind, at_us, subject, body) VALUES (?, ?, ?, ?, NULL, ?)";

    /// <summary>Writes it, within the caller's transaction.</summary>
    public static void Write(Connection file, long seq, long at, Shed shed)
    {
        var details = new List<KeyValuePair<string, string>> { new("entries", Text(shed.Entries)), new("records", Text(shed.Records)), new("events", Text(shed.Events)) };
        foreach (var (publisher, items) in shed.Unsent.OrderBy(u => u.Key, StringComparer.Ordinal)) details.Add(new("unsent " + publisher, Text(items)));
        var body = new ArrayBufferWriter<byte>();
        new GatewayEvent(EventKind.Shed, at, "", details).EncodeBody(body);
        var next = file.Prepared(Next);
        next.Bind(1, seq);
        next.Bind(2, FirstOrder);
        next.Step();
        var order = next.Int64(0);
        next.Reset();
        var put = file.Prepared(Put);
        put.Bind(1, seq);
        put.Bind(2, order);
        put.Bind(3, (ushort)EventKind.Shed);
        put.Bind(4, at);
        put.Bind(5, body.WrittenSpan);
        put.Run();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
