using System.Buffers.Binary;
using System.Numerics;

namespace EdgeGateway.Modbus.Registers;

/// <summary>Registers ↔ the bits of a value, in every <see cref="WordOrder"/>. Pure; nothing is allocated.</summary>
public static class RegisterBits
{
    /// <summary>Reads a value of <paramref name="width"/> registers.</summary>
    /// <param name="data">Wire bytes; at least 2 × width.</param>
    /// <param name="width">1, 2 or 4.</param>
    /// <param name="order">Order on the wire.</param>
    /// <returns>The bits, right-aligned.</returns>
    public static ulong Read(ReadOnlySpan<byte> data, int width, WordOrder order) => width switch
    {
        1 => Order(BinaryPrimitives.ReadUInt16BigEndian(data), order),
        2 => Order(BinaryPrimitives.ReadUInt32BigEndian(data), order),
        _ => Order(BinaryPrimitives.ReadUInt64BigEndian(data), order),
    };

    /// <summary>Writes a value of <paramref name="width"/> registers.</summary>
    /// <param name="data">Receives 2 × width bytes.</param>
    /// <param name="width">1, 2 or 4.</param>
    /// <param name="order">Order on the wire.</param>
    /// <param name="bits">The bits, right-aligned; those above the width are dropped.</param>
    public static void Write(Span<byte> data, int width, WordOrder order, ulong bits)
    {
        // Each order is its own inverse.
        switch (width)
        {
            case 1:
                BinaryPrimitives.WriteUInt16BigEndian(data, Order((ushort)bits, order));
                break;
            case 2:
                BinaryPrimitives.WriteUInt32BigEndian(data, Order((uint)bits, order));
                break;
            default:
                BinaryPrimitives.WriteUInt64BigEndian(data, Order(bits, order));
                break;
        }
    }

    private static bool SwapsBytes(WordOrder order) => order is WordOrder.Badc or WordOrder.Dcba;

    private static ushort Order(ushort value, WordOrder order) => SwapsBytes(order) ? BinaryPrimitives.ReverseEndianness(value) : value;

    private static uint Order(uint value, WordOrder order) => order switch
    {
        WordOrder.Abcd => value,
        WordOrder.Cdab => BitOperations.RotateLeft(value, 16),
        WordOrder.Badc => BinaryPrimitives.ReverseEndianness(BitOperations.RotateLeft(value, 16)),
        _ => BinaryPrimitives.ReverseEndianness(value),
    };

    private static ulong Order(ulong value, WordOrder order) => order switch
    {
        WordOrder.Abcd => value,
        WordOrder.Cdab => ReverseWords(value),
        WordOrder.Badc => BinaryPrimitives.ReverseEndianness(ReverseWords(value)),
        _ => BinaryPrimitives.ReverseEndianness(value),
    };

    private static ulong ReverseWords(ulong value)
    {
        var swapped = BitOperations.RotateLeft(value, 32);
        return ((swapped & 0x0000_FFFF_0000_FFFF) << 16) | ((swapped >> 16) & 0x0000_FFFF_0000_FFFF);
    }
}
