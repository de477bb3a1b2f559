using System.Buffers;
using System.Text;
using EdgeGateway.LineProtocol.Lines;

namespace EdgeGateway.LineProtocol.Tests;

/// <summary>The writer as a function of bytes: whatever names, texts and numbers it is given, what it writes reads back. A fuzzer drives it, and the tests replay its corpus.</summary>
public static class FuzzTargets
{
    /// <summary>The targets by name; a corpus lies in the folder of that name below <c>Corpus</c>.</summary>
    public static IReadOnlyDictionary<string, Action<byte[]>> All { get; } = new SortedDictionary<string, Action<byte[]>>(StringComparer.Ordinal) { ["line"] = OfLine };

    /// <summary>Time and a number (8 bytes each), then texts parted by zeros: measurement, field, tag name, tag value, text…</summary>
    private static void OfLine(byte[] bytes)
    {
        if (bytes.Length < 16) return;
        var (time, bits) = (BitConverter.ToInt64(bytes), BitConverter.ToInt64(bytes, 8));
        var texts = Encoding.UTF8.GetString(bytes, 16, bytes.Length - 16).Split('\0');
        if (texts.Length < 5 || texts[..3].Any(t => t.Length == 0)) return;
        var output = new ArrayBufferWriter<byte>();
        var w = new LineWriter(output);
        w.Begin(new SeriesKey(texts[0], (texts[2], texts[3])));
        for (var i = 4; i < texts.Length; i++) w.Text(new FieldKey(texts[1] + i, FieldType.Text), texts[i]);
        var number = w.Number(new FieldKey("n", FieldType.Number), BitConverter.Int64BitsToDouble(bits));
        w.Integer(new FieldKey("i", FieldType.Integer), bits);
        w.Unsigned(new FieldKey("u", FieldType.Unsigned), (ulong)bits);
        w.End(time);
        var line = ReadLine.All(output.WrittenSpan) is [var one] ? one : throw new InvalidOperationException("One point is one line.");
        Demand(line.Time == time && line.Tags.Count == (texts[3].Length > 0 ? 1 : 0) && line.Fields.Count == texts.Length - 4 + (number ? 3 : 2));
        Demand(line.Fields[^2].Value is long i64 && i64 == bits && line.Fields[^1].Value is ulong u64 && u64 == (ulong)bits);
        for (var i = 4; i < texts.Length; i++) Demand((string)line.Fields[i - 4].Value == texts[i].Replace('\n', ' ').Replace('\r', ' '));
    }

    private static void Demand(bool holds)
    {
        if (!holds) throw new InvalidOperationException("The line does not say what was written.");
    }
}
