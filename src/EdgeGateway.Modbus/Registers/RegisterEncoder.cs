namespace EdgeGateway.Modbus.Registers;

/// <summary>Numbers → registers: the way back of <see cref="RegisterDecoder"/>, before scaling. Pure; nothing is allocated.</summary>
public static class RegisterEncoder
{
    /// <summary>Writes a whole number; false where the type cannot hold it exactly.</summary>
    /// <param name="data">Receives 2 × <see cref="RegisterTypes.Width"/> bytes.</param>
    /// <param name="type">A number.</param>
    /// <param name="order">Order on the wire.</param>
    /// <param name="value">The number.</param>
    public static bool TryWriteWhole(Span<byte> data, RegisterType type, WordOrder order, Int128 value)
    {
        if (type.IsText()) return false;
        if (type.IsFloat())
        {
            var near = type switch
            {
                RegisterType.F16 => (double)(Half)(double)value,
                RegisterType.F32 => (float)value,
                _ => (double)value,
            };
            return double.IsFinite(near) && (Int128)near == value && TryWriteFraction(data, type, order, near);
        }
        var width = type.Width();
        var bits = 16 * width;
        ulong raw;
        if (type == RegisterType.Bool)
        {
            if (value != 0 && value != 1) return false;
            raw = (ulong)value;
        }
        else if (type is RegisterType.Bcd16 or RegisterType.Bcd32 or RegisterType.Bcd64)
        {
            if (value < 0 || value > long.MaxValue || !Bcd.TryWrite((long)value, 4 * width, out raw)) return false;
        }
        else
        {
            var (low, high) = type.IsUnsigned() ? (0, (Int128.One << bits) - 1) : (-(Int128.One << (bits - 1)), (Int128.One << (bits - 1)) - 1);
            if (value < low || value > high) return false;
            raw = (ulong)(value & ulong.MaxValue);
        }
        RegisterBits.Write(data, width, order, raw);
        return true;
    }

    /// <summary>Writes the nearest float; false where the type is no float or the value is beyond it.</summary>
    /// <param name="data">Receives 2 × <see cref="RegisterTypes.Width"/> bytes.</param>
    /// <param name="type">A float.</param>
    /// <param name="order">Order on the wire.</param>
    /// <param name="value">The number; infinities and what is no number are refused.</param>
    public static bool TryWriteFraction(Span<byte> data, RegisterType type, WordOrder order, double value)
    {
        if (!double.IsFinite(value)) return false;
        ulong raw;
        switch (type)
        {
            case RegisterType.F16 when Half.IsFinite((Half)value):
                raw = BitConverter.HalfToUInt16Bits((Half)value);
                break;
            case RegisterType.F32 when float.IsFinite((float)value):
                raw = BitConverter.SingleToUInt32Bits((float)value);
                break;
            case RegisterType.F64:
                raw = BitConverter.DoubleToUInt64Bits(value);
                break;
            default:
                return false;
        }
        RegisterBits.Write(data, type.Width(), order, raw);
        return true;
    }
}
