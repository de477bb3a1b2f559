using System.Buffers;
using System.Globalization;
using System.Text;
using EdgeGateway.LineProtocol.Lines;

namespace EdgeGateway.Benchmarks;

/// <summary>A point of four tags and six fields as line protocol, beside six plain <c>double.TryFormat</c> and beside a StringBuilder as most clients use it.</summary>
public static class LineProtocolBench
{
    private const int Points = 20_000, ShortRun = 1_000, ShortRuns = 400;
    private const long Time = 1_795_478_400_000_000_000;

    public static IEnumerable<string> Run()
    {
        (string, string)[] tags = [("gateway", "gw-01"), ("unit", "line-1"), ("kind", "15m"), ("id", "2026-11-24/1")];
        string[] fields = ["energy", "power", "good", "scrap", "coverage", "running"];
        var series = new SeriesKey("edgegateway_record", tags);
        var keys = fields.Select(f => new FieldKey(f, FieldType.Number)).ToArray();
        var values = new double[Points + 6];
        for (var i = 0; i < values.Length; i++) values[i] = (i * 7919 % 1_000_000) / 1000.0;
        var output = new ArrayBufferWriter<byte>(16 * 1024 * 1024);

        void Lines() => Write(Points);

        void Write(int points)
        {
            output.ResetWrittenCount();
            var w = new LineWriter(output);
            for (var i = 0; i < points; i++)
            {
                w.Begin(series);
                for (var f = 0; f < 6; f++) w.Number(keys[f], values[i + f]);
                w.End(Time + i);
            }
        }

        void SixFormats() => Format(Points);

        void Format(int points)
        {
            Span<byte> text = stackalloc byte[64];
            for (var i = 0; i < points; i++)
            {
                for (var f = 0; f < 6; f++) values[i + f].TryFormat(text, out _, default, CultureInfo.InvariantCulture);
            }
        }

        void Builder()
        {
            var text = new StringBuilder();
            for (var i = 0; i < Points; i++)
            {
                text.Clear().Append("edgegateway_record");
                foreach (var (name, value) in tags) text.Append(',').Append(name.Replace(" ", "\\ ", StringComparison.Ordinal)).Append('=').Append(value.Replace(" ", "\\ ", StringComparison.Ordinal));
                for (var f = 0; f < 6; f++) text.Append(f == 0 ? ' ' : ',').Append(fields[f]).Append('=').Append(values[i + f].ToString(CultureInfo.InvariantCulture));
                Encoding.UTF8.GetBytes(text.Append(' ').Append(Time + i).Append('\n').ToString());
            }
        }

        yield return InterleavedPairs.Measure(() => Figure.NanosecondsEach(Points, Lines), () => Figure.NanosecondsEach(Points, SixFormats)).Line("line-protocol.point", "ns/point", "six double.TryFormat");
        yield return InterleavedPairs.Measure(() => Figure.NanosecondsEach(Points, Lines), () => Figure.NanosecondsEach(Points, Builder)).Line("line-protocol.point-builder", "ns/point", "StringBuilder");
        yield return Figure.Least("line-protocol.point-least", "ns/point", "six double.TryFormat", ShortRuns, () => Figure.NanosecondsEach(ShortRun, () => Write(ShortRun)), () => Figure.NanosecondsEach(ShortRun, () => Format(ShortRun)));
        Lines();
        yield return Figure.Line("line-protocol.allocated", Figure.BytesEach(Points, Lines), "B/point");
        yield return Figure.Line("line-protocol.size", output.WrittenCount / (double)Points, "B/point");
    }
}
