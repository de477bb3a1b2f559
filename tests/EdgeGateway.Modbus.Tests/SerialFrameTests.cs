using CsCheck;
using EdgeGateway.Modbus.Framing;
using EdgeGateway.Modbus.Pdu;

namespace EdgeGateway.Modbus.Tests;

public sealed class SerialFrameTests
{
    // Read holding registers 0x6B to 0x6D of unit 0x11, as the specification of the serial line writes it.
    private static readonly byte[] Request = [0x11, 3, 0, 0x6B, 0, 3, 0x76, 0x87];
    private static readonly byte[] Response = [0x11, 3, 6, 0xAE, 0x41, 0x56, 0x52, 0x43, 0x40, 0x49, 0xAD];

    [Fact]
    public void The_checksums_of_known_frames_are_met()
    {
        Assert.Equal(0x4B37, Crc16.Of("123456789"u8));
        Assert.Equal(ScanStatus.Done, Rtu.ScanRequest(Request, out var asked, out _));
        Assert.Equal((0x11, 8), (asked.Unit, asked.Length));
        Assert.Equal(Request[1..^2], asked.Pdu.ToArray());
        Assert.Equal(ScanStatus.Done, Rtu.ScanResponse(Response, out var answered, out _));
        Assert.Equal(Response[1..^2], answered.Pdu.ToArray());
        var decoded = new byte[AsciiFrame.MaxDecoded];
        Assert.Equal(ScanStatus.Done, AsciiFrame.Scan(":1103006B00037E\r\n"u8, decoded, out var ascii, out _));
        Assert.Equal((0x11, 17), (ascii.Unit, ascii.Length));
        Assert.Equal(Request[1..^2], ascii.Pdu.ToArray());
        Assert.Equal(ScanStatus.Done, AsciiFrame.Scan(":1103006b00037e\r\n"u8, decoded, out _, out _));
    }

    [Fact]
    public void Every_cut_needs_more_data_and_guard_bytes_are_not_touched() => Pdus.Requests.Sample(pdu =>
    {
        Check(Frame(pdu), pdu, static (bytes, _) => (Rtu.ScanRequest(bytes, out var f, out var fault), f.Pdu.ToArray(), f.Length, fault));
        Check(Text(pdu), pdu, Ascii);
    }, iter: 60);

    [Fact]
    public void Every_cut_of_a_response_needs_more_data() => Pdus.Responses.Sample(pdu =>
        Check(Frame(pdu), pdu, static (bytes, _) => (Rtu.ScanResponse(bytes, out var f, out var fault), f.Pdu.ToArray(), f.Length, fault)), iter: 60);

    [Fact]
    public void Any_frames_come_out_of_a_stream_cut_anywhere() => Gen.Select(Pdus.Responses.List[1, 5], Gen.Int[1, 64], Gen.Bool).Sample((sent, chunk, ascii) =>
    {
        var held = new List<byte>();
        var got = new List<byte[]>();
        foreach (var part in sent.SelectMany(pdu => ascii ? Text(pdu) : Frame(pdu)).Chunk(chunk))
        {
            held.AddRange(part);
            while (true)
            {
                var (status, pdu, length, _) = ascii ? Ascii([.. held], 0) : (Rtu.ScanResponse(held.ToArray(), out var f, out var fault), f.Pdu.ToArray(), f.Length, fault);
                if (status == ScanStatus.NeedMoreData) break;
                Assert.Equal(ScanStatus.Done, status);
                got.Add(pdu);
                held.RemoveRange(0, length);
            }
        }
        Assert.Empty(held);
        Assert.Equal(sent, got);
    }, iter: 100);

    [Fact]
    public void One_wrong_bit_is_never_taken() => Gen.Select(Pdus.Responses, Gen.Int[0, int.MaxValue]).Sample((pdu, at) =>
    {
        var frame = Frame(pdu);
        frame[at / 8 % frame.Length] ^= (byte)(1 << (at % 8));
        Assert.NotEqual(ScanStatus.Done, Rtu.ScanResponse(frame, out _, out _));
        var text = Text(pdu);
        text[at / 8 % text.Length] ^= (byte)(1 << (at % 8));
        // A capital turned small is the same digit.
        if (!char.IsAsciiHexDigitLower((char)text[at / 8 % text.Length])) Assert.NotEqual(ScanStatus.Done, Ascii(text, 0).Status);
    }, iter: 500);

    [Theory]
    [InlineData(new byte[] { 1, 0x60 }, FrameFault.Function)]
    [InlineData(new byte[] { 1, 43, 13 }, FrameFault.Function)]
    [InlineData(new byte[] { 1, 3, 252 }, FrameFault.LengthTooLong)]
    [InlineData(new byte[] { 1, 0x83, 2, 0, 0 }, FrameFault.Checksum)]
    public void What_no_response_begins_with_is_refused_as_soon_as_it_shows(byte[] input, FrameFault expected)
    {
        Assert.Equal(ScanStatus.Malformed, Rtu.ScanResponse(input, out _, out var fault));
        Assert.Equal(expected, fault);
        Assert.Equal(ScanStatus.NeedMoreData, Rtu.ScanResponse(input.AsSpan(0, input.Length - 1), out _, out _));
    }

    [Theory]
    [InlineData("1", FrameFault.Start)]
    [InlineData(":0G", FrameFault.Digit)]
    [InlineData(":011\r", FrameFault.Digit)]
    [InlineData(":0102\r", FrameFault.LengthTooShort)]
    [InlineData(":0183007C\rx", FrameFault.End)]
    [InlineData(":0183007D\r\n", FrameFault.Checksum)]
    public void What_is_no_ascii_frame_is_refused_as_soon_as_it_shows(string input, FrameFault expected)
    {
        var bytes = System.Text.Encoding.ASCII.GetBytes(input);
        Assert.Equal((ScanStatus.Malformed, expected), (Ascii(bytes, 0).Status, Ascii(bytes, 0).Fault));
        Assert.Equal(ScanStatus.NeedMoreData, Ascii(bytes[..^1], 0).Status);
    }

    [Fact]
    public void The_greatest_frames_are_taken_and_one_more_byte_is_not()
    {
        var pdu = new byte[Mbap.MaxPdu];
        (pdu[0], pdu[1]) = (3, 251);
        Assert.Equal(Rtu.MaxFrame, Frame(pdu).Length);
        Assert.Equal(ScanStatus.Done, Rtu.ScanResponse(Frame(pdu), out _, out _));
        Assert.Equal(AsciiFrame.MaxFrame, Text(pdu).Length);
        Assert.Equal(ScanStatus.Done, Ascii(Text(pdu), 0).Status);
        byte[] longer = [(byte)':', .. Enumerable.Repeat((byte)'0', 2 * AsciiFrame.MaxDecoded + 1)];
        Assert.Equal(FrameFault.LengthTooLong, Ascii(longer, 0).Fault);
        Assert.Throws<ArgumentException>(() => Rtu.Write(new byte[300], 1, new byte[Mbap.MaxPdu + 1]));
        Assert.Throws<ArgumentException>(() => AsciiFrame.Write(new byte[600], 1, []));
    }

    [Fact]
    public void Random_bytes_never_crash_and_never_yield_a_frame_that_was_not_there() => Gen.Byte.Array[0, 600].Sample(bytes =>
    {
        if (Rtu.ScanRequest(bytes, out var request, out _) == ScanStatus.Done) Assert.Equal(bytes[..request.Length], Frame(request.Pdu, request.Unit));
        if (Rtu.ScanResponse(bytes, out var response, out _) == ScanStatus.Done) Assert.Equal(bytes[..response.Length], Frame(response.Pdu, response.Unit));
        Ascii(bytes, 0);
        Ascii([(byte)':', .. bytes.Select(b => (byte)"0123456789ABCDEF\r\n:"[b % 19])], 0);
    }, iter: 2_000);

    private static void Check(byte[] wire, byte[] pdu, Func<byte[], int, (ScanStatus Status, byte[] Pdu, int Length, FrameFault Fault)> scan)
    {
        for (var cut = 0; cut < wire.Length; cut++) Assert.Equal(ScanStatus.NeedMoreData, scan(wire[..cut], 0).Status);
        var (status, seen, length, fault) = scan([.. wire, 0xFF, 0xFF, 0xFF], 0);
        Assert.Equal((ScanStatus.Done, FrameFault.None, wire.Length), (status, fault, length));
        Assert.Equal(pdu, seen);
    }

    private static (ScanStatus Status, byte[] Pdu, int Length, FrameFault Fault) Ascii(byte[] bytes, int _)
    {
        var decoded = new byte[AsciiFrame.MaxDecoded];
        var status = AsciiFrame.Scan(bytes, decoded, out var frame, out var fault);
        Assert.Equal(status == ScanStatus.Malformed, fault != FrameFault.None);
        return (status, frame.Pdu.ToArray(), frame.Length, fault);
    }

    private static byte[] Frame(ReadOnlySpan<byte> pdu, byte unit = 7)
    {
        var output = new byte[Rtu.MaxFrame];
        return output[..Rtu.Write(output, unit, pdu)];
    }

    private static byte[] Text(ReadOnlySpan<byte> pdu)
    {
        var output = new byte[AsciiFrame.MaxFrame];
        return output[..AsciiFrame.Write(output, 7, pdu)];
    }
}
