using System.Buffers.Binary;
using EdgeGateway.Records.Binary;

namespace EdgeGateway.Records.Samples;

/// <summary>A double in the shortest form that gives back its very bits: what a device said by a scaled register is a short decimal, what it said by a float32 is one.</summary>
/// <remarks>A varint whose lowest three bits are the form: 0 to 5, the decimal places of the zigzag integer above them; 6, four bytes of a float32 follow; 7, eight bytes of the double.</remarks>
internal static class PackedNumber
{
    private const int Single = 6, Whole = 7, FormBits = 3, MostPlaces = 5;
    private const double Limit = 1L << 50;

    private static readonly double[] Powers = [1, 10, 100, 1_000, 10_000, 100_000];

    public static void Write(ByteWriter w, double value)
    {
        for (var places = 0; places <= MostPlaces; places++)
        {
            var scaled = Math.Round(value * Powers[places]);
            // Not a number fails every comparison; a negative zero comes back as another one.
            if (!(Math.Abs(scaled) < Limit)) break;
            var mantissa = (long)scaled;
            if (BitConverter.DoubleToInt64Bits(mantissa / Powers[places]) != BitConverter.DoubleToInt64Bits(value)) continue;
            // A float32 that happens to be a long decimal is shorter as it is.
            if (places > 0 && Math.Abs(mantissa) >= 1 << 23 && IsSingle(value)) break;
            w.Unsigned(((ulong)((mantissa << 1) ^ (mantissa >> 63)) << FormBits) | (uint)places);
            return;
        }
        if (IsSingle(value))
        {
            w.Unsigned(Single);
            Span<byte> bytes = stackalloc byte[sizeof(float)];
            BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)value);
            w.Raw(bytes);
            return;
        }
        w.Unsigned(Whole);
        w.Double(value);
    }

    public static double Read(ref ByteReader r)
    {
        var head = r.Unsigned();
        var form = (int)(head & ((1 << FormBits) - 1));
        if (form == Whole) return r.Double();
        if (form == Single)
        {
            var bytes = r.Raw(sizeof(float));
            return bytes.IsEmpty ? 0 : BinaryPrimitives.ReadSingleLittleEndian(bytes);
        }
        var zigzag = head >> FormBits;
        return ((long)(zigzag >> 1) ^ -(long)(zigzag & 1)) / Powers[form];
    }

    /// <summary>Whether a float32 gives back the very bits; never for what is not a number, whose payload would not survive.</summary>
    private static bool IsSingle(double value) => BitConverter.DoubleToInt64Bits((float)value) == BitConverter.DoubleToInt64Bits(value) && !double.IsNaN(value);
}
