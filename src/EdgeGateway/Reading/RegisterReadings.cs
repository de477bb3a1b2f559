using System.Globalization;
using EdgeGateway.Modbus.Registers;

namespace EdgeGateway.Reading;

/// <summary>Registers read in one way.</summary>
/// <param name="Type">Number format as maps write it.</param>
/// <param name="Order">Word order as maps write it.</param>
/// <param name="Value">The value.</param>
/// <param name="Plausible">False for what hardly any device would show.</param>
internal sealed record RegisterReadingRow(string Type, string Order, string Value, bool Plausible);

/// <summary>Registers under every number format and word order of their width.</summary>
internal static class RegisterReadings
{
    private const double Least = 1e-4, Greatest = 1e10;

    private static readonly (WordOrder Order, string Word)[] Orders = [(WordOrder.Abcd, "ABCD"), (WordOrder.Cdab, "CDAB"), (WordOrder.Badc, "BADC"), (WordOrder.Dcba, "DCBA")];

    /// <summary>All readings of 2, 4 or 8 bytes.</summary>
    public static IReadOnlyList<RegisterReadingRow> Of(ReadOnlySpan<byte> bytes)
    {
        var width = bytes.Length / 2;
        var rows = new List<RegisterReadingRow>();
        foreach (var (order, word) in Orders)
        {
            // One register has only its two bytes to swap.
            if (width == 1 && order is not (WordOrder.Abcd or WordOrder.Badc)) continue;
            var bits = RegisterBits.Read(bytes, width, order);
            switch (width)
            {
                case 1:
                    rows.Add(Whole("u16", word, bits, (ushort)bits));
                    rows.Add(Whole("i16", word, bits, (short)bits));
                    break;
                case 2:
                    rows.Add(Whole("u32", word, bits, (uint)bits));
                    rows.Add(Whole("i32", word, bits, (int)bits));
                    rows.Add(Fraction("f32", word, BitConverter.UInt32BitsToSingle((uint)bits), BitConverter.UInt32BitsToSingle((uint)bits).ToString("G9", CultureInfo.InvariantCulture)));
                    break;
                default:
                    rows.Add(Whole("u64", word, bits, bits));
                    rows.Add(Whole("i64", word, bits, (long)bits));
                    rows.Add(Fraction("f64", word, BitConverter.UInt64BitsToDouble(bits), BitConverter.UInt64BitsToDouble(bits).ToString("G17", CultureInfo.InvariantCulture)));
                    break;
            }
        }
        return [.. rows.OrderBy(r => r.Type, StringComparer.Ordinal)];
    }

    private static RegisterReadingRow Whole(string type, string order, ulong bits, Int128 value) =>
        new(type, order, value.ToString(CultureInfo.InvariantCulture), bits != ulong.MaxValue && Int128.Abs(value) < (Int128)Greatest);

    private static RegisterReadingRow Fraction(string type, string order, double value, string text) =>
        new(type, order, text, value == 0 || (double.IsFinite(value) && Math.Abs(value) is >= Least and < Greatest));
}
