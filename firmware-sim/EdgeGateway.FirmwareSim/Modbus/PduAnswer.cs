using System.Buffers.Binary;
using EdgeGateway.FirmwareSim.Registers;

namespace EdgeGateway.FirmwareSim.Modbus;

/// <summary>Answers request PDUs from a device's registers. Pure but for the instant handed in. The plant takes no writes.</summary>
internal static class PduAnswer
{
    public const byte IllegalFunction = 1;
    public const byte IllegalAddress = 2;
    public const byte IllegalValue = 3;
    public const byte TargetSilent = 11;

    private const int MaxRegisters = 125;
    private const int MaxBits = 2000;

    /// <summary>Writes the answer to <paramref name="request"/> into <paramref name="reply"/> (253 bytes or more) and returns its length.</summary>
    public static int Write(PlantDevice device, ReadOnlySpan<byte> request, Span<byte> reply, long now) => request[0] switch
    {
        1 or 2 when !device.Inputs.IsEmpty => Bits(device, request, reply, now),
        3 when (device.Spec.Tables & RegisterTables.Holding) != 0 => Registers(device, request, reply, now),
        4 when (device.Spec.Tables & RegisterTables.Input) != 0 => Registers(device, request, reply, now),
        _ => Exception(request[0], IllegalFunction, reply),
    };

    public static int Exception(byte function, byte code, Span<byte> reply)
    {
        reply[0] = (byte)(function | 0x80);
        reply[1] = code;
        return 2;
    }

    private static int Registers(PlantDevice device, ReadOnlySpan<byte> request, Span<byte> reply, long now)
    {
        if (!TryRange(request, MaxRegisters, device.Spec.Size, out var first, out var count, out var code)) return Exception(request[0], code, reply);
        reply[0] = request[0];
        reply[1] = (byte)(count * 2);
        device.Read(first, reply.Slice(2, count * 2), now);
        return 2 + count * 2;
    }

    private static int Bits(PlantDevice device, ReadOnlySpan<byte> request, Span<byte> reply, long now)
    {
        if (!TryRange(request, MaxBits, device.Inputs.Length, out var first, out var count, out var code)) return Exception(request[0], code, reply);
        var bytes = (count + 7) / 8;
        reply[0] = request[0];
        reply[1] = (byte)bytes;
        reply.Slice(2, bytes).Clear();
        for (var i = 0; i < count; i++)
        {
            if (device.Inputs[first + i](now)) reply[2 + i / 8] |= (byte)(1 << (i % 8));
        }

        return 2 + bytes;
    }

    private static bool TryRange(ReadOnlySpan<byte> request, int most, int size, out int first, out int count, out byte code)
    {
        (first, count, code) = (0, 0, IllegalValue);
        if (request.Length != 5) return false;
        first = BinaryPrimitives.ReadUInt16BigEndian(request[1..]);
        count = BinaryPrimitives.ReadUInt16BigEndian(request[3..]);
        if (count < 1 || count > most) return false;
        code = IllegalAddress;
        return first + count <= size;
    }
}
