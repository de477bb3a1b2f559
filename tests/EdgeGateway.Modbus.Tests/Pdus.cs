using CsCheck;
using EdgeGateway.Modbus.Pdu;

namespace EdgeGateway.Modbus.Tests;

/// <summary>Valid PDUs of every function, written by the product's own writers.</summary>
internal static class Pdus
{
    private static readonly Gen<byte[]> _even = Gen.Byte.Array[1, 121].Select(half => half.SelectMany(b => new[] { b, (byte)~b }).ToArray());

    public static Gen<byte[]> Requests { get; } = Gen.Select(Gen.Int[0, 7], Gen.UShort, Gen.UShort, _even).Select((kind, a, b, data) => Bytes(output =>
    {
        var address = (ushort)Math.Min((int)a, 65_536 - 128);
        return kind switch
        {
            0 => new ReadRequest((FunctionCode)(1 + b % 4), address, (ushort)(1 + b % 125)).Write(output),
            1 => WriteSingle.Coil(a, b % 2 == 0).Write(output),
            2 => WriteSingle.Register(a, b).Write(output),
            3 => new WriteManyRequest(FunctionCode.WriteRegisters, address, (ushort)(data.Length / 2), data).Write(output),
            4 => new WriteManyRequest(FunctionCode.WriteCoils, (ushort)Math.Min((int)a, 63_000), (ushort)(8 * data.Length - b % 8), data).Write(output),
            5 => new MaskWrite(a, b, (ushort)(a ^ b)).Write(output),
            6 => new ReadWriteRequest(address, (ushort)(1 + b % 125), address, data).Write(output),
            _ => new IdentificationRequest((byte)(1 + a % 4), (byte)b).Write(output),
        };
    }));

    public static Gen<byte[]> Responses { get; } = Gen.Select(Gen.Int[0, 4], Requests, _even, Gen.Byte).Select((kind, request, data, b) => Bytes(output =>
    {
        switch (kind)
        {
            case 0:
                return ReadResponse.Write(output, (FunctionCode)(b % 5 == 0 ? 23 : b % 5), data);
            case 1:
                return ExceptionResponse.Write(output, (FunctionCode)request[0], (ExceptionCode)(1 + b % 11));
            case 2 when request[0] is 5 or 6 or 15 or 16 or 22:
                return WriteResponse.Write(output, request);
            default:
                var length = IdentificationResponse.Write(output, (byte)(1 + b % 4), 0x81, b % 2 == 0 ? null : b);
                for (var at = 0; at + 20 <= Math.Min(data.Length, 160); at += 20) length = IdentificationResponse.Append(output, length, (byte)at, data.AsSpan(at, b % 21));
                return length;
        }
    }));

    private static byte[] Bytes(Func<byte[], int> write)
    {
        var output = new byte[260];
        return output[..write(output)];
    }
}
