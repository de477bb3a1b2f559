using CsCheck;
using EdgeGateway.Modbus.Pdu;

namespace EdgeGateway.Modbus.Tests;

public sealed class WritePduTests
{
    [Fact]
    public void The_specifications_examples_are_met()
    {
        Assert.Equal("050 0AC FF00".Replace(" ", "", StringComparison.Ordinal), Hex(o => WriteSingle.Coil(0xAC, true).Write(o)));
        Assert.Equal("0600010003", Hex(o => WriteSingle.Register(1, 3).Write(o)));
        Assert.Equal("0F0013000A02CD01", Hex(o => new WriteManyRequest(FunctionCode.WriteCoils, 0x13, 10, [0xCD, 1]).Write(o)));
        Assert.Equal("100001000204000A0102", Hex(o => new WriteManyRequest(FunctionCode.WriteRegisters, 1, 2, [0, 0x0A, 1, 2]).Write(o)));
        Assert.Equal("16000400F20025", Hex(o => new MaskWrite(4, 0xF2, 0x25).Write(o)));
        Assert.Equal(0x17, new MaskWrite(4, 0xF2, 0x25).Apply(0x12));
        Assert.Equal("1700030006000E00030600FF00FF00FF", Hex(o => new ReadWriteRequest(3, 6, 14, [0, 0xFF, 0, 0xFF, 0, 0xFF]).Write(o)));
        Assert.Equal("2B0E0100", Hex(o => new IdentificationRequest(1, 0).Write(o)));
    }

    [Fact]
    public void Requests_survive_the_way_there_and_back_and_no_cut_of_them_is_taken() => Pdus.Requests.Sample(pdu =>
    {
        Assert.Equal(PduFault.None, Again(pdu, out var again));
        Assert.Equal(pdu, again);
        Assert.Equal(pdu.Length, PduLength.OfRequest(pdu));
        for (var cut = 0; cut < pdu.Length; cut++)
        {
            if (cut > 0) Assert.Equal(PduFault.TooShort, Again(pdu[..cut], out _));
            Assert.True(PduLength.OfRequest(pdu.AsSpan(0, cut)) is PduLength.NotYet || PduLength.OfRequest(pdu.AsSpan(0, cut)) == pdu.Length);
        }
        Assert.Equal(PduFault.TooLong, Again([.. pdu, 0], out _));
    }, iter: 200);

    [Fact]
    public void The_length_of_a_response_is_told_from_its_beginning() => Pdus.Responses.Sample(pdu =>
    {
        for (var cut = 0; cut <= pdu.Length; cut++)
        {
            var told = PduLength.OfResponse(pdu.AsSpan(0, cut));
            Assert.True(told == pdu.Length || (told == PduLength.NotYet && cut < pdu.Length));
        }
    }, iter: 200);

    [Fact]
    public void Only_the_repeated_request_answers_a_write() => Pdus.Requests.Where(r => r[0] is 5 or 6 or 15 or 16 or 22).Sample(request =>
    {
        var answer = new byte[260];
        answer = answer[..WriteResponse.Write(answer, request)];
        Assert.Equal(PduFault.None, WriteResponse.Read(answer, request, out var exception));
        Assert.Equal(default, exception);
        for (var cut = 1; cut < answer.Length; cut++) Assert.Equal(PduFault.TooShort, WriteResponse.Read(answer.AsSpan(0, cut), request, out _));
        Assert.Equal(PduFault.TooLong, WriteResponse.Read([.. answer, 0], request, out _));
        answer[^1] ^= 1;
        Assert.Equal(PduFault.Echo, WriteResponse.Read(answer, request, out _));
        Assert.Equal(PduFault.None, WriteResponse.Read([(byte)(request[0] | 0x80), 3], request, out exception));
        Assert.Equal(ExceptionCode.IllegalDataValue, exception);
    }, iter: 100);

    [Theory]
    [InlineData("0500AC0001", PduFault.Value)]
    [InlineData("0F0013000902CD", PduFault.TooShort)]
    [InlineData("0F0013001102CD01", PduFault.ByteCount)]
    [InlineData("0F001300000100", PduFault.Count)]
    [InlineData("10FFFF00020400000000", PduFault.AddressRange)]
    [InlineData("100001000304000A0102", PduFault.ByteCount)]
    [InlineData("1700030000000E0001020000", PduFault.Count)]
    [InlineData("1700030001000E0002020000", PduFault.ByteCount)]
    [InlineData("2B0E0500", PduFault.Value)]
    [InlineData("2B0D0100", PduFault.Function)]
    public void Wrong_requests_are_named(string pdu, PduFault expected) => Assert.Equal(expected, Again(Convert.FromHexString(pdu), out _));

    [Fact]
    public void An_identification_tells_its_objects()
    {
        var pdu = new byte[100];
        var length = IdentificationResponse.Write(pdu, 1, 0x81, 3);
        length = IdentificationResponse.Append(pdu, length, 0, "Company"u8);
        length = IdentificationResponse.Append(pdu, length, 1, ""u8);
        length = IdentificationResponse.Append(pdu, length, 2, "V2.11"u8);
        Assert.Equal(PduFault.None, IdentificationResponse.Read(pdu.AsSpan(0, length), 1, out var response));
        var seen = new List<string>();
        foreach (var item in response) seen.Add($"{item.Id} {System.Text.Encoding.ASCII.GetString(item.Text)}");
        Assert.Equal(["0 Company", "1 ", "2 V2.11"], seen);
        Assert.Equal((3, 0x81, 3), (response.Count, response.Conformity, response.Next!.Value));
        for (var cut = 1; cut < length; cut++) Assert.Equal(PduFault.TooShort, IdentificationResponse.Read(pdu.AsSpan(0, cut), 1, out _));
        Assert.Equal(PduFault.TooLong, IdentificationResponse.Read(pdu.AsSpan(0, length + 1), 1, out _));
        Assert.Equal(PduFault.Echo, IdentificationResponse.Read(pdu.AsSpan(0, length), 2, out _));
        Assert.Equal(PduFault.None, IdentificationResponse.Read([0xAB, 1], 1, out response));
        Assert.Equal(ExceptionCode.IllegalFunction, response.Exception);
    }

    [Fact]
    public void Random_bytes_never_crash() => Gen.Select(Gen.Byte.Array[0, 260], Pdus.Requests).Sample((bytes, request) =>
    {
        Again(bytes, out _);
        WriteResponse.Read(bytes, request, out _);
        if (bytes.Length > 3) (bytes[0], bytes[1], bytes[2]) = (43, 14, 1);
        if (IdentificationResponse.Read(bytes, 1, out var response) != PduFault.None) return;
        foreach (var item in response) Assert.True(item.Text.Length < bytes.Length);
    }, iter: 2_000);

    private static string Hex(Func<byte[], int> write)
    {
        var output = new byte[260];
        return Convert.ToHexString(output, 0, write(output));
    }

    // Reads a request of any function and writes it again.
    private static PduFault Again(byte[] pdu, out byte[] again)
    {
        var output = new byte[260];
        var length = 0;
        PduFault fault;
        switch (pdu.Length == 0 ? 0 : pdu[0])
        {
            case 5 or 6:
                fault = WriteSingle.Read(pdu, out var single);
                if (fault == PduFault.None) length = single.Write(output);
                break;
            case 15 or 16:
                fault = WriteManyRequest.Read(pdu, out var many);
                if (fault == PduFault.None) length = many.Write(output);
                break;
            case 22:
                fault = MaskWrite.Read(pdu, out var mask);
                if (fault == PduFault.None) length = mask.Write(output);
                break;
            case 23:
                fault = ReadWriteRequest.Read(pdu, out var both);
                if (fault == PduFault.None) length = both.Write(output);
                break;
            case 43:
                fault = IdentificationRequest.Read(pdu, out var identification);
                if (fault == PduFault.None) length = identification.Write(output);
                break;
            default:
                fault = ReadRequest.Read(pdu, out var read);
                if (fault == PduFault.None) length = read.Write(output);
                break;
        }
        again = output[..length];
        return fault;
    }
}
