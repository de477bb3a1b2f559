using System.Buffers;
using System.Globalization;
using System.Text;
using CsCheck;
using EdgeGateway.LineProtocol.Lines;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.LineProtocol.Tests;

public sealed class LineTests
{
    private const long Time = 1_795_478_400_000_000_000;
    private static readonly FieldKey Value = new("value", FieldType.Number), Steps = new("steps", FieldType.Integer), Count = new("count", FieldType.Unsigned),
        Ok = new("ok", FieldType.Boolean), Word = new("word", FieldType.Text);

    [Fact]
    public void A_point_is_written_as_the_reference_of_the_protocol_shows_it() => Assert.Equal(
        "energy,device=press-meter,gateway=gw-01 value=1234.56,steps=-5i,count=7u,ok=t,word=\"a\\\"b\\\\c d\" 1795478400000000000\n",
        Written(new SeriesKey("energy", ("gateway", "gw-01"), ("device", "press-meter")), (ref LineWriter w) =>
        {
            w.Number(Value, new ExactDecimal(123_456, -2));
            w.Integer(Steps, -5);
            w.Unsigned(Count, 7);
            w.Boolean(Ok, true);
            w.Text(Word, "a\"b\\c\nd");
        }));

    [Theory]
    [InlineData("a b", "m\\ x,t=a\\ b")]
    [InlineData("a,b=c", "m\\ x,t=a\\,b\\=c")]
    [InlineData("a\\", "m\\ x,t=a＼")]
    [InlineData("a\nb\t\x7f", "m\\ x,t=a␊b␉␡")]
    [InlineData("冲压线", "m\\ x,t=冲压线")]
    [InlineData("", "m\\ x")]
    public void Names_are_escaped_and_an_empty_tag_is_left_out(string value, string expected) => Assert.Equal(expected, new SeriesKey("m x", ("t", value)).ToString());

    [Fact]
    public void A_series_needs_names_and_takes_no_tag_twice()
    {
        Assert.Throws<ArgumentException>(() => new SeriesKey(""));
        Assert.Throws<ArgumentException>(() => new SeriesKey("m", ("", "x")));
        Assert.Throws<ArgumentException>(() => new SeriesKey("m", ("t", "x"), ("t", "y")));
        Assert.Throws<ArgumentException>(() => new FieldKey("", FieldType.Text));
        Assert.Equal("＃m", new SeriesKey("#m").ToString());
    }

    [Theory]
    [InlineData(0.1 + 0.2, "0.3")]
    [InlineData(1234 * 0.1, "123.4")]
    [InlineData(230.1f, "230.1")]
    [InlineData(-0.0, "0")]
    [InlineData(-12.5, "-12.5")]
    [InlineData(1e21, "1E+21")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(1.0 / 3, "0.3333333333333333")]
    [InlineData(999_999_999.999999, "999999999.999999")]
    [InlineData(5e-324, "5E-324")]
    public void Numbers_carry_no_noise(double value, string expected) => Assert.Equal($"m value={expected} 0\n", Written(new SeriesKey("m"), (ref LineWriter w) => w.Number(Value, value), 0));

    [Fact]
    public void Any_number_reads_back_as_itself_but_for_noise() => Gen.OneOf(Gen.Double, Gen.Float.Select(f => (double)f), Gen.Long[-1_000_000_000, 1_000_000_000].Select(n => n / 1000.0), Gen.Double[-1e9, 1e9])
        .Sample(value =>
        {
            var text = Written(new SeriesKey("m"), (ref LineWriter w) => w.Number(Value, value), 0);
            if (!double.IsFinite(value))
            {
                Assert.Equal("", text);
                return;
            }
            var read = (double)Assert.Single(Assert.Single(ReadLine.All(Encoding.UTF8.GetBytes(text))).Fields).Value;
            Assert.True(Math.Abs(read - value) <= Math.Abs(value) / (1L << 50) || (float)read == (float)value && value == (float)value, text);
            var plain = value.ToString("R", CultureInfo.InvariantCulture);
            Assert.True(text.Length - "m value= 0\n".Length <= plain.Length || Math.Abs(value) < 1e-3, $"{text} is longer than {plain}");
        });

    [Fact]
    public void Exact_decimals_are_exact() => Gen.Select(Gen.Long, Gen.Int[-18, 6]).Sample((mantissa, exponent) =>
    {
        var text = Written(new SeriesKey("m"), (ref LineWriter w) => w.Number(Value, mantissa, exponent), 0);
        Assert.Equal($"m value={new ExactDecimal(mantissa, (sbyte)exponent)} 0\n", text);
    });

    [Fact]
    public void Whatever_names_and_texts_hold_the_line_reads_back() => Gen.Select(Gen.String, Gen.String, Gen.String, Gen.String, Gen.Long).Sample((measurement, tag, field, text, time) =>
    {
        if (measurement.Length == 0 || field.Length == 0) return;
        var series = new SeriesKey(measurement, ("t", tag));
        var line = Assert.Single(ReadLine.All(Bytes(series, (ref LineWriter w) => w.Text(new FieldKey(field, FieldType.Text), text), time)));
        Assert.Equal(time, line.Time);
        Assert.Equal(tag.Length == 0 ? 0 : 1, line.Tags.Count);
        Assert.Equal(Clean(text.Replace('\n', ' ').Replace('\r', ' ')), Assert.Single(line.Fields).Value);
        if (!tag.Any(c => char.IsControl(c) || c == '\\')) Assert.All(line.Tags, t => Assert.Equal(Clean(tag), t.Value));
    });

    [Fact]
    public void A_field_has_one_type()
    {
        var fault = Assert.Throws<ArgumentException>(() => Written(new SeriesKey("m"), (ref LineWriter w) => w.Integer(Value, 1)));
        Assert.StartsWith("The field 'value' is declared as Number, not Integer.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_point_without_a_field_is_none() => Assert.Equal("", Written(new SeriesKey("m"), (ref LineWriter w) => Assert.False(w.Number(Value, double.NaN))));

    [Fact]
    public void A_line_that_outgrows_its_span_is_whole_whatever_the_output_does()
    {
        var text = new string('线', 3000);
        var output = new StingyOutput();
        var w = new LineWriter(output);
        w.Begin(new SeriesKey("m", ("t", text)));
        for (var i = 0; i < 20; i++) w.Text(new FieldKey("f" + i, FieldType.Text), text);
        Assert.Empty(output.Written.ToArray());
        w.End(1);
        w.Begin(new SeriesKey("n"));
        w.Boolean(Ok, false);
        w.End(2);
        var lines = ReadLine.All(output.Written);
        Assert.Equal([20, 1], lines.Select(l => l.Fields.Count));
        Assert.All(lines[0].Fields, f => Assert.Equal(text, f.Value));
    }

    [Fact]
    public void A_point_allocates_nothing()
    {
        var series = new SeriesKey("record", ("gateway", "gw-01"), ("unit", "line-1"), ("kind", "15m"), ("id", "2026-11-24/1"));
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        var least = long.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                output.ResetWrittenCount();
                var w = new LineWriter(output);
                w.Begin(series);
                w.Number(Value, 12.34 + i);
                w.Number(Value, 1234567 + i, -3);
                w.Integer(Steps, i);
                w.Unsigned(Count, 1);
                w.Boolean(Ok, true);
                w.Text(Word, "ex\"act");
                w.End(Time);
            }
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(0, least);
    }

    private delegate void Fields(ref LineWriter writer);

    private static byte[] Bytes(SeriesKey series, Fields fields, long time = Time)
    {
        var output = new ArrayBufferWriter<byte>();
        var w = new LineWriter(output);
        w.Begin(series);
        fields(ref w);
        w.End(time);
        return output.WrittenSpan.ToArray();
    }

    private static string Written(SeriesKey series, Fields fields, long time = Time) => Encoding.UTF8.GetString(Bytes(series, fields, time));

    /// <summary>Lone surrogates have no UTF-8.</summary>
    private static string Clean(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>Hands out fresh memory at every call, and no more than was asked for.</summary>
    private sealed class StingyOutput : IBufferWriter<byte>
    {
        private readonly List<byte> _written = [];
        private byte[] _given = [];

        public byte[] Written => [.. _written];

        public void Advance(int count) => _written.AddRange(_given[..count]);

        public Memory<byte> GetMemory(int sizeHint = 0) => _given = new byte[Math.Max(1, sizeHint)];

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
