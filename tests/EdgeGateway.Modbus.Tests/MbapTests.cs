using CsCheck;
using EdgeGateway.Modbus.Framing;

namespace EdgeGateway.Modbus.Tests;

public sealed class MbapTests
{
    // Transaction 0x1234, unit 0x11, read holding registers: three data bytes of the guide's shape.
    private static readonly byte[] Known = [0x12, 0x34, 0, 0, 0, 5, 0x11, 3, 2, 0xAA, 0x55];

    [Fact]
    public void A_known_frame_is_read_field_by_field()
    {
        Assert.Equal(ScanStatus.Done, Mbap.Scan(Known, out var frame, out var fault));
        Assert.Equal(FrameFault.None, fault);
        Assert.Equal(0x1234, frame.Transaction);
        Assert.Equal(0x11, frame.Unit);
        Assert.Equal(new byte[] { 3, 2, 0xAA, 0x55 }, frame.Pdu.ToArray());
        Assert.Equal(Known.Length, frame.Length);
    }

    [Fact]
    public void Every_cut_of_a_frame_needs_more_data_and_guard_bytes_are_not_touched()
    {
        for (var cut = 0; cut < Known.Length; cut++) Assert.Equal(ScanStatus.NeedMoreData, Mbap.Scan(Known.AsSpan(0, cut), out _, out _));
        byte[] guarded = [.. Known, 0xFF, 0xFF, 0xFF];
        Assert.Equal(ScanStatus.Done, Mbap.Scan(guarded, out var frame, out _));
        Assert.Equal(Known.Length, frame.Length);
        Assert.Equal(Known[7..], frame.Pdu.ToArray());
    }

    [Fact]
    public void Any_frames_come_out_of_a_stream_cut_anywhere()
    {
        var frames = Gen.Select(Gen.UShort, Gen.Byte, Gen.Byte.Array[1, Mbap.MaxPdu]).List[1, 5];
        Gen.Select(frames, Gen.Int[1, 64]).Sample((sent, chunk) =>
        {
            var wire = new List<byte>();
            foreach (var (transaction, unit, pdu) in sent)
            {
                var buffer = new byte[Mbap.MaxFrame];
                wire.AddRange(buffer[..Mbap.Write(buffer, transaction, unit, pdu)]);
            }
            var held = new List<byte>();
            var got = new List<(ushort, byte, byte[])>();
            foreach (var part in wire.Chunk(chunk))
            {
                held.AddRange(part);
                while (Mbap.Scan(held.ToArray(), out var frame, out var fault) is var status && status != ScanStatus.NeedMoreData)
                {
                    Assert.Equal(ScanStatus.Done, status);
                    Assert.Equal(FrameFault.None, fault);
                    got.Add((frame.Transaction, frame.Unit, frame.Pdu.ToArray()));
                    held.RemoveRange(0, frame.Length);
                }
            }
            Assert.Empty(held);
            Assert.Equal(sent.Count, got.Count);
            for (var i = 0; i < sent.Count; i++)
            {
                Assert.Equal((sent[i].Item1, sent[i].Item2), (got[i].Item1, got[i].Item2));
                Assert.Equal(sent[i].Item3, got[i].Item3);
            }
        }, iter: 300);
    }

    [Theory]
    [InlineData(new byte[] { 0, 1, 1 }, FrameFault.ProtocolId)]
    [InlineData(new byte[] { 0, 1, 0, 7 }, FrameFault.ProtocolId)]
    [InlineData(new byte[] { 0, 1, 0, 0, 1 }, FrameFault.LengthTooLong)]
    [InlineData(new byte[] { 0, 1, 0, 0, 0, 255 }, FrameFault.LengthTooLong)]
    [InlineData(new byte[] { 0, 1, 0, 0, 0, 0 }, FrameFault.LengthTooShort)]
    [InlineData(new byte[] { 0, 1, 0, 0, 0, 1 }, FrameFault.LengthTooShort)]
    public void What_no_frame_begins_with_is_refused_as_soon_as_it_shows(byte[] input, FrameFault expected)
    {
        Assert.Equal(ScanStatus.Malformed, Mbap.Scan(input, out _, out var fault));
        Assert.Equal(expected, fault);
        Assert.Equal(ScanStatus.NeedMoreData, Mbap.Scan(input.AsSpan(0, input.Length - 1), out _, out _));
        byte[] guarded = [.. input, 0, 0, 0, 0];
        Assert.Equal(ScanStatus.Malformed, Mbap.Scan(guarded, out _, out fault));
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void The_greatest_length_is_taken_and_one_more_is_not()
    {
        var buffer = new byte[Mbap.MaxFrame];
        Assert.Equal(Mbap.MaxFrame, Mbap.Write(buffer, 1, 1, new byte[Mbap.MaxPdu]));
        Assert.Equal(ScanStatus.Done, Mbap.Scan(buffer, out var frame, out _));
        Assert.Equal(Mbap.MaxPdu, frame.Pdu.Length);
        Assert.Throws<ArgumentException>(() => Mbap.Write(new byte[300], 1, 1, new byte[Mbap.MaxPdu + 1]));
        Assert.Throws<ArgumentException>(() => Mbap.Write(new byte[300], 1, 1, []));
    }

    [Fact]
    public void Random_bytes_never_crash_and_never_yield_a_frame_that_was_not_there()
    {
        Gen.Byte.Array[0, 300].Sample(bytes =>
        {
            var status = Mbap.Scan(bytes, out var frame, out var fault);
            Assert.Equal(status == ScanStatus.Malformed, fault != FrameFault.None);
            if (status != ScanStatus.Done) return;
            var again = new byte[Mbap.MaxFrame];
            var length = Mbap.Write(again, frame.Transaction, frame.Unit, frame.Pdu);
            Assert.Equal(bytes[..length], again[..length]);
        }, iter: 2_000);
    }
}
