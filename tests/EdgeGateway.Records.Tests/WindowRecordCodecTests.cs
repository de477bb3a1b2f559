using System.Buffers;
using CsCheck;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Records.Tests;

public sealed class WindowRecordCodecTests
{
    [Fact]
    public void Decoded_is_what_was_encoded() => Any.Record.Sample(record =>
    {
        var body = Encode(record);
        var read = new WindowRecord();
        Assert.True(WindowRecordCodec.TryDecode(body, read));
        Same(record, read);
        Assert.Equal(body, Encode(read));
    }, iter: 3_000);

    [Fact]
    public void Every_truncation_and_every_guard_byte_is_refused() => Any.Record.Sample(record =>
    {
        var body = Encode(record);
        var read = new WindowRecord();
        for (var length = 0; length < body.Length; length++) Assert.False(WindowRecordCodec.TryDecode(body.AsSpan(0, length), read));
        Assert.False(WindowRecordCodec.TryDecode([.. body, 0], read));
        Assert.True(WindowRecordCodec.TryDecode(body, read));
        Same(record, read);
    }, iter: 100);

    [Fact]
    public void Unknown_versions_are_refused() => Any.Record.Sample(record =>
    {
        var body = Encode(record);
        // What names no product is of the version before, and as good in this one.
        var own = body[0];
        for (var version = 0; version < 256; version++)
        {
            body[0] = (byte)version;
            Assert.Equal(version == own || version == WindowRecordCodec.Version, WindowRecordCodec.TryDecode(body, new WindowRecord()));
        }
    }, iter: 5);

    [Fact]
    public void Random_bytes_never_throw_and_allocate_in_proportion()
    {
        var read = new WindowRecord();
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            byte[] body = [WindowRecordCodec.Version, .. bytes];
            var record = new WindowRecord();
            if (WindowRecordCodec.TryDecode(body, record)) Valid(record);
        }, iter: 20_000);
        Any.Record.Select(Gen.Int[1, 2000], Gen.Byte).Sample((record, at, value) =>
        {
            var body = Encode(record);
            body[at % body.Length] = value;
            var other = new WindowRecord();
            if (WindowRecordCodec.TryDecode(body, other)) Valid(other);
        }, iter: 5_000);

        // A hundred million segments, inputs or figures are claimed by a dozen bytes.
        byte[] claim = [WindowRecordCodec.Version, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x2F];
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(WindowRecordCodec.TryDecode(claim, read));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 2_000);
    }

    [Fact]
    public void Numbers_beyond_their_column_are_refused()
    {
        // Flags of a record have 32 bits, those of an input 16, a figure's id 16; an exponent lies within ±18.
        var record = new WindowRecord { Kind = WindowKind.Minute };
        record.Add(new Figure { Id = FigureId.IdleShare, Value = new(1, -18) });
        var body = Encode(record);
        Assert.True(WindowRecordCodec.TryDecode(body, new WindowRecord()));
        var exponent = Array.IndexOf(body, unchecked((byte)-18));
        body[exponent] = unchecked((byte)-19);
        Assert.False(WindowRecordCodec.TryDecode(body, new WindowRecord()));
        body[exponent] = 19;
        Assert.False(WindowRecordCodec.TryDecode(body, new WindowRecord()));
        Assert.False(WindowRecordCodec.TryDecode([WindowRecordCodec.Version, 0, 1, 0, 0, 0, 0, 0, 0, 0x80, 0x80, 0x80, 0x80, 0x10, 0, 0, 0, 0, 0], new WindowRecord()));
        Assert.True(WindowRecordCodec.TryDecode([WindowRecordCodec.Version, 0, 1, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0, 0, 0, 0, 0], new WindowRecord()));
    }

    [Fact]
    public void Encoding_and_decoding_allocate_nothing_but_texts()
    {
        var record = Samples.Record();
        record.WindowId = "";
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        var read = new WindowRecord();
        for (var i = 0; i < 50; i++) Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50; i++) Run();

        // The batch's code, 4 characters, is a new string each time.
        Assert.Equal(50 * 32, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run()
        {
            output.ResetWrittenCount();
            WindowRecordCodec.Encode(record, output);
            if (!WindowRecordCodec.TryDecode(output.WrittenSpan, read)) throw new InvalidOperationException("The body was refused.");
        }
    }

    internal static byte[] Encode(WindowRecord record)
    {
        var output = new ArrayBufferWriter<byte>();
        WindowRecordCodec.Encode(record, output);
        return output.WrittenSpan.ToArray();
    }

    internal static void Same(WindowRecord a, WindowRecord b)
    {
        Assert.Equal((a.Unit, a.Kind, a.WindowId, a.Start, a.End, a.Revision, a.CoveredMicros, a.Flags), (b.Unit, b.Kind, b.WindowId, b.Start, b.End, b.Revision, b.CoveredMicros, b.Flags));
        Assert.Equal((a.Coefficients, a.Factors, a.Footprint), (b.Coefficients, b.Factors, b.Footprint));
        Assert.Equal(a.Segments.Length, b.Segments.Length);
        for (var i = 0; i < a.Segments.Length; i++)
        {
            var (s, t) = (a.Segments[i], b.Segments[i]);
            Assert.Equal((s.Start, s.End, s.Cut, s.Batch, s.Product, s.FirstInput, s.InputCount, s.FirstGauge, s.GaugeCount), (t.Start, t.End, t.Cut, t.Batch, t.Product, t.FirstInput, t.InputCount, t.FirstGauge, t.GaugeCount));
            Same(s.StateMicros, t.StateMicros);
        }
        Assert.Equal(a.Inputs.Length, b.Inputs.Length);
        for (var i = 0; i < a.Inputs.Length; i++)
        {
            var (s, t) = (a.Inputs[i], b.Inputs[i]);
            Assert.Equal((s.Point, s.RegisterEpoch, s.Role, s.Carrier, s.Unit, s.Sign, s.T0), (t.Point, t.RegisterEpoch, t.Role, t.Carrier, t.Unit, t.Sign, t.T0));
            Assert.Equal((s.T1, s.Step, s.Ratio, s.Basis, s.Flags, s.Bound), (t.T1, t.Step, t.Ratio, t.Basis, t.Flags, t.Bound));
            Same(s.ByState, t.ByState);
        }
        Assert.Equal(a.Gauges.Length, b.Gauges.Length);
        for (var i = 0; i < a.Gauges.Length; i++)
        {
            var (s, t) = (a.Gauges[i], b.Gauges[i]);
            Assert.Equal((s.Point, Bits(s.Integral), s.CoveredMicros, Bits(s.Min), Bits(s.Max), Bits(s.Last)), (t.Point, Bits(t.Integral), t.CoveredMicros, Bits(t.Min), Bits(t.Max), Bits(t.Last)));
        }
        Assert.Equal(a.Figures.Length, b.Figures.Length);
        for (var i = 0; i < a.Figures.Length; i++)
        {
            var (s, t) = (a.Figures[i], b.Figures[i]);
            Assert.Equal((s.Id, s.Value, s.Reason, s.Basis), (t.Id, t.Value, t.Reason, t.Basis));
        }
    }

    private static void Valid(WindowRecord record)
    {
        var read = new WindowRecord();
        Assert.True(WindowRecordCodec.TryDecode(Encode(record), read));
        Same(record, read);
        foreach (var figure in record.Figures) Assert.InRange(figure.Value?.Exponent ?? 0, -18, 18);
    }

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);

    private static void Same(ByState a, ByState b)
    {
        for (var i = 0; i < 4; i++) Assert.Equal(a[i], b[i]);
    }
}
