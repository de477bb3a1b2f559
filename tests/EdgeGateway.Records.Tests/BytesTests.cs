using System.Buffers;
using CsCheck;
using EdgeGateway.Records.Binary;

namespace EdgeGateway.Records.Tests;

public sealed class BytesTests
{
    [Fact]
    public void Written_and_read_again_is_the_same() => Gen.Select(Any.Long, Gen.ULong, Any.Double, Any.Text, Gen.Byte, Any.Int).Sample((signed, unsigned, real, text, one, small) =>
    {
        var output = new ArrayBufferWriter<byte>();
        var w = new ByteWriter(output);
        w.Signed(signed);
        w.Unsigned(unsigned);
        w.Double(real);
        w.Text(text);
        w.Byte(one);
        w.Signed(small);
        w.Raw([1, 2, 3]);
        var bytes = output.WrittenSpan;

        // Right-sized, then with guard bytes behind.
        Check(bytes, 0);
        Check([.. bytes, 0xFF, 0xFF, 0xFF, 0xFF], 4);
        for (var length = 0; length < bytes.Length; length++) Assert.False(Read(bytes[..length], out _).AtEnd);

        void Check(ReadOnlySpan<byte> input, int rest)
        {
            var r = Read(input, out var raw);
            Assert.False(r.Failed);
            Assert.Equal(rest, r.Remaining);
            Assert.Equal([1, 2, 3], raw);
        }

        ByteReader Read(ReadOnlySpan<byte> input, out byte[] raw)
        {
            var r = new ByteReader(input);
            var all = r.Signed() == signed & r.Unsigned() == unsigned & BitConverter.DoubleToInt64Bits(r.Double()) == BitConverter.DoubleToInt64Bits(real) & r.Text() == text & r.Byte() == one & r.Int32() == small;
            raw = r.Raw(3).ToArray();
            Assert.True(all || r.Failed);
            return r;
        }
    }, iter: 3_000);

    [Fact]
    public void Hostile_bytes_fail_and_yield_zero() => Gen.Byte.Array[0, 40].Sample(bytes =>
    {
        var r = new ByteReader(bytes);
        while (!r.Failed && !r.AtEnd)
        {
            var before = r.Remaining;
            _ = (before % 7) switch { 0 => r.Signed(), 1 => (long)r.Unsigned(), 2 => r.Int32(), 3 => r.Count(3), 4 => r.Text().Length, 5 => (long)r.Double() & 0, _ => r.Byte() };
            Assert.True(r.Remaining < before);
        }
        if (!r.Failed) return;
        Assert.Equal(0, r.Signed());
        Assert.Equal(0ul, r.Unsigned());
        Assert.Equal(0, r.Byte());
        Assert.Equal(0, r.Int32());
        Assert.Equal(0, r.Count());
        Assert.Equal(0.0, r.Double());
        Assert.Equal("", r.Text());
        Assert.True(r.Raw(1).IsEmpty);
        Assert.Equal(0, r.Remaining);
        Assert.True(r.Failed);
        Assert.False(r.AtEnd);
    }, iter: 20_000);

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFFFF01", ulong.MaxValue)]
    [InlineData("00", 0)]
    [InlineData("7F", 127)]
    [InlineData("8001", 128)]
    public void Varints_read(string hex, ulong value)
    {
        var r = new ByteReader(Convert.FromHexString(hex));
        Assert.Equal(value, r.Unsigned());
        Assert.True(r.AtEnd);
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("FFFFFFFFFFFFFFFFFF02")]
    [InlineData("FFFFFFFFFFFFFFFFFFFF01")]
    public void Varints_fail(string hex)
    {
        var r = new ByteReader(Convert.FromHexString(hex));
        Assert.Equal(0ul, r.Unsigned());
        Assert.True(r.Failed);
    }

    [Fact]
    public void A_claimed_length_allocates_nothing_before_it_is_checked()
    {
        var bytes = Convert.FromHexString("FFFFFFFF0741");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var r = new ByteReader(bytes);
        var text = r.Text();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal("", text);
        Assert.True(r.Failed);
        Assert.Equal(0, allocated);
        var counting = new ByteReader([3, 0, 0, 0, 0, 0]);
        Assert.Equal(0, counting.Count(2));
        Assert.True(counting.Failed);
    }
}
