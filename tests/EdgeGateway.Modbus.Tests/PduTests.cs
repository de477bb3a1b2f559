using CsCheck;
using EdgeGateway.Modbus.Pdu;

namespace EdgeGateway.Modbus.Tests;

public sealed class PduTests
{
    private static readonly Gen<ReadRequest> Requests =
        from function in Gen.Int[1, 4].Select(f => (FunctionCode)f)
        from count in Gen.Int[1, function.MaxCount()]
        from address in Gen.Int[0, 65_536 - count]
        select new ReadRequest(function, (ushort)address, (ushort)count);

    [Fact]
    public void The_specifications_examples_are_met()
    {
        var buffer = new byte[ReadRequest.Length];
        Assert.Equal(5, new ReadRequest(FunctionCode.ReadHoldingRegisters, 0x6B, 3).Write(buffer));
        Assert.Equal(new byte[] { 3, 0, 0x6B, 0, 3 }, buffer);
        var request = new ReadRequest(FunctionCode.ReadHoldingRegisters, 0x6B, 3);
        Assert.Equal(PduFault.None, ReadResponse.Read([3, 6, 2, 0x2B, 0, 0, 0, 0x64], request, out var response));
        Assert.Equal(new byte[] { 2, 0x2B, 0, 0, 0, 0x64 }, response.Data.ToArray());
        Assert.Equal(PduFault.None, ReadResponse.Read([0x83, 2], request, out response));
        Assert.Equal(ExceptionCode.IllegalDataAddress, response.Exception);
    }

    [Fact]
    public void Requests_and_responses_survive_the_way_there_and_back() => Requests.Sample(request =>
    {
        var pdu = new byte[260];
        var length = request.Write(pdu);
        Assert.Equal(PduFault.None, ReadRequest.Read(pdu.AsSpan(0, length), out var same));
        Assert.Equal(request, same);
        var data = new byte[request.DataLength];
        for (var i = 0; i < data.Length; i++) data[i] = (byte)(i * 7);
        length = ReadResponse.Write(pdu, request.Function, data);
        Assert.Equal(PduFault.None, ReadResponse.Read(pdu.AsSpan(0, length), request, out var response));
        Assert.False(response.IsException);
        Assert.Equal(data, response.Data.ToArray());
        for (var cut = 0; cut < length; cut++) Assert.NotEqual(PduFault.None, ReadResponse.Read(pdu.AsSpan(0, cut), request, out _));
        Assert.Equal(PduFault.TooLong, ReadResponse.Read(pdu.AsSpan(0, length + 1), request, out _));
    }, iter: 200);

    [Fact]
    public void Exceptions_survive_and_those_of_other_functions_are_refused()
    {
        var request = new ReadRequest(FunctionCode.ReadInputRegisters, 0, 1);
        var pdu = new byte[2];
        Assert.Equal(2, ReadResponse.WriteException(pdu, FunctionCode.ReadInputRegisters, ExceptionCode.DeviceBusy));
        Assert.Equal(PduFault.None, ReadResponse.Read(pdu, request, out var response));
        Assert.True(response.IsException);
        Assert.Equal(ExceptionCode.DeviceBusy, response.Exception);
        Assert.True(response.Data.IsEmpty);
        Assert.Equal(PduFault.Function, ReadResponse.Read([0x83, 2], request, out _));
        Assert.Equal(PduFault.TooShort, ReadResponse.Read([0x84], request, out _));
        Assert.Equal(PduFault.TooLong, ReadResponse.Read([0x84, 2, 0], request, out _));
        Assert.Equal(PduFault.Function, ReadResponse.Read([0x84, 0], request, out _));
    }

    [Theory]
    [InlineData(3, 0, 0, PduFault.Count)]
    [InlineData(3, 0, 126, PduFault.Count)]
    [InlineData(1, 0, 2001, PduFault.Count)]
    [InlineData(3, 65_535, 2, PduFault.AddressRange)]
    [InlineData(5, 0, 1, PduFault.Function)]
    [InlineData(4, 65_535, 1, PduFault.None)]
    public void Requests_outside_the_limits_are_named(byte function, ushort address, ushort count, PduFault expected) =>
        Assert.Equal(expected, new ReadRequest((FunctionCode)function, address, count).Check());

    [Fact]
    public void An_answer_to_another_request_is_refused()
    {
        var request = new ReadRequest(FunctionCode.ReadHoldingRegisters, 0, 2);
        Assert.Equal(PduFault.Function, ReadResponse.Read([4, 4, 0, 0, 0, 0], request, out _));
        Assert.Equal(PduFault.ByteCount, ReadResponse.Read([3, 2, 0, 0], request, out _));
        Assert.Equal(PduFault.ByteCount, ReadResponse.Read([3, 6, 0, 0, 0, 0, 0, 0], request, out _));
        Assert.Equal(PduFault.TooShort, ReadResponse.Read([3, 4, 0, 0, 0], request, out _));
    }

    [Fact]
    public void Random_bytes_never_crash() => Gen.Select(Gen.Byte.Array[0, 260], Requests).Sample((bytes, request) =>
    {
        ReadRequest.Read(bytes, out _);
        if (bytes.Length > 0 && bytes[0] % 2 == 0) bytes[0] = (byte)request.Function;
        if (ReadResponse.Read(bytes, request, out var response) == PduFault.None && !response.IsException) Assert.Equal(request.DataLength, response.Data.Length);
    }, iter: 2_000);
}
