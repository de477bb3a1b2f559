using System.Globalization;
using EdgeGateway.OpcUa.Encoding;

namespace EdgeGateway.Drivers.OpcUa.Writing;

/// <summary>A number as a scalar of the node's own type: a server refuses any other.</summary>
/// <param name="Type">Boolean to Double.</param>
/// <param name="Bits">As <see cref="Variant.Bits"/> holds them.</param>
internal readonly record struct NodeValue(BuiltInType Type, ulong Bits)
{
    // Beyond it a double no longer tells one integer from the next.
    private const double Exactly = 1L << 53;
    private const double Noise = 1e-6;

    /// <summary>Finds the value; what does not fit the type is refused rather than cut.</summary>
    /// <param name="type">The node's type.</param>
    /// <param name="number">The raw number.</param>
    /// <param name="value">The value.</param>
    /// <returns>Null, or what is wrong.</returns>
    public static string? Of(BuiltInType type, double number, out NodeValue value)
    {
        value = default;
        if (!double.IsFinite(number)) return "it is no number";
        switch (type)
        {
            case BuiltInType.Double:
                value = new NodeValue(type, BitConverter.DoubleToUInt64Bits(number));
                return null;
            case BuiltInType.Float:
                if (!float.IsFinite((float)number)) return "it is beyond a Float";
                value = new NodeValue(type, BitConverter.SingleToUInt32Bits((float)number));
                return null;
        }
        if (Range(type) is not var (least, most)) return string.Create(CultureInfo.InvariantCulture, $"the node is of type {type}, which is not written");
        var whole = Math.Round(number, MidpointRounding.ToEven);
        if (Math.Abs(number - whole) > Noise) return string.Create(CultureInfo.InvariantCulture, $"the node is of type {type}, and {number} is no whole number of its steps");
        if (whole < least || whole > most) return string.Create(CultureInfo.InvariantCulture, $"{whole:0} is outside {type}");
        value = new NodeValue(type, type == BuiltInType.UInt64 ? (ulong)whole : (ulong)(long)whole);
        return null;
    }

    private static (double Least, double Most)? Range(BuiltInType type) => type switch
    {
        BuiltInType.Boolean => (0, 1),
        BuiltInType.SByte => (sbyte.MinValue, sbyte.MaxValue),
        BuiltInType.Byte => (byte.MinValue, byte.MaxValue),
        BuiltInType.Int16 => (short.MinValue, short.MaxValue),
        BuiltInType.UInt16 => (ushort.MinValue, ushort.MaxValue),
        BuiltInType.Int32 => (int.MinValue, int.MaxValue),
        BuiltInType.UInt32 => (uint.MinValue, uint.MaxValue),
        BuiltInType.Int64 => (-Exactly, Exactly),
        BuiltInType.UInt64 => (0, Exactly),
        _ => null,
    };
}
