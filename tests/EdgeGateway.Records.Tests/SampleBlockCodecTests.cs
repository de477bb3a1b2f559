using System.Buffers;
using CsCheck;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Records.Tests;

public sealed class SampleBlockCodecTests
{
    private static readonly int[] Ids = [1, 2, 3, 1000, int.MaxValue, 0];

    private static readonly Gen<SampleBlock> Blocks = Gen.Select(Gen.Int[0, Ids.Length - 1], Any.Long, Gen.Select(Any.Int, Any.Double, Any.Long), Any.Quality, Gen.Bool, Any.Text).Array[0, 12].Select(rows =>
    {
        var block = new SampleBlock(12);
        foreach (var (slot, time, (spread, number, integer), quality, isText, text) in rows)
        {
            if (isText) block.TryAddText(slot, time, spread, text, quality);
            else block.TryAdd(slot, time, spread, number, integer, quality);
        }
        return block;
    });

    [Fact]
    public void Decoded_is_what_was_encoded() => Blocks.Sample(block =>
    {
        var sink = default(Rows);
        sink.List = [];
        Assert.True(SampleBlockCodec.TryDecode(SampleBlockCodec.Packed, Encode(block, Ids), ref sink));
        Assert.Equal(Expected(block, Ids), sink.List);
    }, iter: 5_000);

    [Fact]
    public void Every_truncation_and_every_guard_byte_is_refused() => Blocks.Sample(block =>
    {
        var body = Encode(block, Ids);
        var expected = Expected(block, Ids);
        for (var length = 0; length < body.Length; length++)
        {
            var sink = default(Rows);
            sink.List = [];
            Assert.False(SampleBlockCodec.TryDecode(SampleBlockCodec.Packed, body.AsSpan(0, length), ref sink));

            // What was delivered before the damage is right.
            Assert.Equal(expected.Take(sink.List.Count), sink.List);
        }
        var none = default(Rows);
        none.List = [];
        Assert.False(SampleBlockCodec.TryDecode(SampleBlockCodec.Packed, [.. body, 0], ref none));
        Assert.False(SampleBlockCodec.TryDecode(0, body, ref none));
        Assert.False(SampleBlockCodec.TryDecode(3, body, ref none));
    }, iter: 200);

    [Fact]
    public void Random_bytes_never_throw() => Gen.Select(Gen.Byte.Array[0, 100], Gen.Byte[0, 3]).Sample((bytes, codec) =>
    {
        var sink = default(Rows);
        sink.List = [];
        SampleBlockCodec.TryDecode(codec, bytes, ref sink);
        Assert.True(sink.List.Count <= SampleBlockCodec.RowsOf(codec, bytes));
        Assert.All(sink.List, r => Assert.InRange(r.Point, 0, int.MaxValue));
    }, iter: 20_000);

    [Fact]
    public void A_changed_byte_never_throws_and_never_delivers_more_rows_than_there_were_room_for() => Gen.Select(Blocks, Gen.Int[0, 10_000], Gen.Byte).Sample((block, at, value) =>
    {
        var body = Encode(block, Ids);
        body[at % body.Length] = value;
        var sink = default(Rows);
        sink.List = [];
        SampleBlockCodec.TryDecode(SampleBlockCodec.Packed, body, ref sink);
        Assert.True(sink.List.Count <= SampleBlockCodec.RowsOf(SampleBlockCodec.Packed, body));
    }, iter: 10_000);

    [Fact]
    public void A_meter_s_answer_takes_a_few_bytes_a_sample()
    {
        // Sixty points of one answer: volts by scaled registers, powers by float32, counters.
        var block = new SampleBlock(60);
        var ids = Enumerable.Range(100, 60).ToArray();
        for (var i = 0; i < 60; i++)
        {
            if (i < 30) block.TryAddGauge(i, 1_795_478_400_000_000, 1_800, (2300 + i) / 10.0);
            else if (i < 45) block.TryAddGauge(i, 1_795_478_400_000_000, 1_800, (float)(17.123 + i));
            else block.TryAddInteger(i, 1_795_478_400_000_000, 1_800, 1_000_000 + i);
        }
        Assert.InRange(Encode(block, ids).Length, 60 * 3, 60 * 4);
    }

    [Fact]
    public void Every_double_comes_back_with_its_very_bits() => Gen.Select(Gen.Long, Gen.Int[-2_000_000, 2_000_000], Gen.Int[0, 8], Gen.Float).Sample((bits, mantissa, places, single) =>
    {
        foreach (var value in new[] { BitConverter.Int64BitsToDouble(bits), mantissa / Math.Pow(10, places), single, -0.0, double.NaN, double.PositiveInfinity, double.Epsilon, 1e300, long.MaxValue, 1L << 50, -(1L << 50) })
        {
            var block = new SampleBlock(1);
            block.TryAddGauge(0, 0, 0, value);
            var sink = default(Rows);
            sink.List = [];
            Assert.True(SampleBlockCodec.TryDecode(SampleBlockCodec.Packed, Encode(block, Ids), ref sink));
            Assert.Equal(BitConverter.DoubleToInt64Bits(value), sink.List[0].NumberBits);
        }
    }, iter: 20_000);

    [Fact]
    public void A_count_beyond_all_bounds_is_refused_before_anything_is_made_of_it()
    {
        byte[] body = [0xFF, 0xFF, 0xFF, 0xFF, 0x0F];
        var sink = default(Rows);
        sink.List = [];
        Assert.False(SampleBlockCodec.TryDecode(SampleBlockCodec.Packed, body, ref sink));
        Assert.Equal(0, SampleBlockCodec.RowsOf(SampleBlockCodec.Packed, body));
    }

    [Fact]
    public void Encoding_and_decoding_allocate_nothing()
    {
        var block = new SampleBlock(100);
        for (var i = 0; i < 100; i++) block.TryAdd(i % 4, i * 1000L, i, i * 0.5, i, Quality.Good);
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        var sum = default(Sum);
        for (var i = 0; i < 50; i++) Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50; i++) Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(100 * 100, sum.Rows);

        void Run()
        {
            output.ResetWrittenCount();
            SampleBlockCodec.Encode(block, Samples.PointIds, output);
            if (!SampleBlockCodec.TryDecode(SampleBlockCodec.Packed, output.WrittenSpan, ref sum)) throw new InvalidOperationException("The body was refused.");
        }
    }

    [Fact]
    public void A_full_block_takes_no_more_and_a_returned_one_is_empty()
    {
        var pool = new SampleBlockPool(2, 1);
        var block = pool.Rent();
        Assert.True(block.TryAddText(0, 1, 0, "x"));
        Assert.True(block.TryAddGauge(0, 1, 0, 1));
        Assert.False(block.TryAddGauge(0, 1, 0, 1));
        Assert.False(block.TryAddText(0, 1, 0, "y"));
        Assert.Equal(2, block.Count);
        pool.Return(block);
        var again = pool.Rent();
        Assert.Same(block, again);
        Assert.Equal(0, again.Count);
        again.TryAddGauge(0, 1, 0, 1);
        Assert.Null(again.Text(0));
        pool.Return(new SampleBlock(3));
        Assert.NotEqual(3, pool.Rent().Capacity);
    }

    internal static byte[] Encode(SampleBlock block, int[] ids)
    {
        var output = new ArrayBufferWriter<byte>();
        SampleBlockCodec.Encode(block, ids, output);
        return output.WrittenSpan.ToArray();
    }

    internal static List<Row> Expected(SampleBlock block, int[] ids)
    {
        var rows = new List<Row>();
        for (var i = 0; i < block.Count; i++) rows.Add(new Row(ids[block.Slots[i]], block.Times[i], block.Spreads[i], BitConverter.DoubleToInt64Bits(block.Numbers[i]), block.Integers[i], block.Qualities[i], block.Text(i)));
        return rows;
    }

    internal readonly record struct Row(int Point, long Time, int Spread, long NumberBits, long Integer, Quality Quality, string? Text);

    internal struct Rows : ISampleRowSink
    {
        public List<Row> List;

        void ISampleRowSink.Row(int pointId, long time, int spread, double number, long integer, Quality quality, string? text) =>
            List.Add(new Row(pointId, time, spread, BitConverter.DoubleToInt64Bits(number), integer, quality, text));
    }

    private struct Sum : ISampleRowSink
    {
        public int Rows;

        void ISampleRowSink.Row(int pointId, long time, int spread, double number, long integer, Quality quality, string? text) => Rows++;
    }
}
