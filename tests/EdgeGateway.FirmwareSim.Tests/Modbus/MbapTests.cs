using CsCheck;
using EdgeGateway.FirmwareSim.Modbus;

namespace EdgeGateway.FirmwareSim.Tests.Modbus;

public sealed class MbapTests
{
    private static readonly byte[] Frame = [0x12, 0x34, 0, 0, 0, 6, 2, 3, 0x00, 0x20, 0x00, 0x04];

    [Fact]
    public void A_frame_is_whole_at_its_last_byte_and_not_before()
    {
        for (var length = 0; length < Frame.Length; length++) Assert.Equal(MbapStatus.Incomplete, Mbap.Scan(Frame.AsSpan(0, length), out _));
        Assert.Equal(MbapStatus.Frame, Mbap.Scan(Frame, out var frame));
        Assert.Equal(new Mbap(0x1234, 2, 5), frame);
        Assert.Equal(Frame.Length, frame.FrameLength);
    }

    [Fact]
    public void Bytes_behind_a_frame_do_not_matter()
    {
        Assert.Equal(MbapStatus.Frame, Mbap.Scan([.. Frame, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], out var frame));
        Assert.Equal(5, frame.PduLength);
    }

    [Fact]
    public void The_longest_and_the_shortest_frame_pass()
    {
        Assert.Equal(MbapStatus.Frame, Mbap.Scan([0, 1, 0, 0, 0, 254, .. new byte[254]], out var frame));
        Assert.Equal(Mbap.MaxFrame, frame.FrameLength);
        Assert.Equal(MbapStatus.Frame, Mbap.Scan([0, 1, 0, 0, 0, 2, 1, 3], out frame));
        Assert.Equal(1, frame.PduLength);
    }

    [Theory]
    [InlineData(new byte[] { 0, 1, 1 })]
    [InlineData(new byte[] { 0, 1, 0, 1 })]
    [InlineData(new byte[] { 0, 1, 0, 0, 1 })]
    [InlineData(new byte[] { 0, 1, 0, 0, 0, 255 })]
    [InlineData(new byte[] { 0, 1, 0, 0, 0, 1 })]
    [InlineData(new byte[] { 0, 1, 0, 0, 0, 0 })]
    public void A_malformed_frame_is_seen_at_its_first_wrong_byte(byte[] bytes)
    {
        Assert.Equal(MbapStatus.Malformed, Mbap.Scan(bytes, out _));
        Assert.Equal(MbapStatus.Incomplete, Mbap.Scan(bytes.AsSpan(0, bytes.Length - 1), out _));
    }

    [Fact]
    public void What_is_written_is_read() => Gen.Select(Gen.UShort, Gen.Byte, Gen.Int[1, Mbap.MaxPdu]).Sample(
        (transaction, unit, length) =>
        {
            var frame = new Mbap(transaction, unit, length);
            var bytes = new byte[frame.FrameLength];
            frame.WriteTo(bytes);
            Assert.Equal(MbapStatus.Frame, Mbap.Scan(bytes, out var read));
            Assert.Equal(frame, read);
        });

    [Fact]
    public void Random_bytes_never_reach_beyond_themselves() => Gen.Byte.Array[0, 300].Sample(
        bytes =>
        {
            if (Mbap.Scan(bytes, out var frame) == MbapStatus.Frame) Assert.InRange(frame.FrameLength, 8, bytes.Length);
        },
        iter: 5000);
}
