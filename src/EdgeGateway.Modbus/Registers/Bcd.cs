namespace EdgeGateway.Modbus.Registers;

/// <summary>Numbers written as one decimal digit in each four bits. Pure; nothing is allocated.</summary>
public static class Bcd
{
    private const int Digits = 16;

    /// <summary>The number in <paramref name="bits"/>; false where four bits are no decimal digit.</summary>
    public static bool TryRead(ulong bits, out long value)
    {
        value = 0;
        for (var shift = 4 * (Digits - 1); shift >= 0; shift -= 4)
        {
            var digit = (int)(bits >> shift) & 15;
            if (digit > 9) return false;
            value = 10 * value + digit;
        }
        return true;
    }

    /// <summary>The digits of <paramref name="value"/>; false where it is negative or has more than <paramref name="digits"/>.</summary>
    public static bool TryWrite(long value, int digits, out ulong bits)
    {
        bits = 0;
        if (value < 0) return false;
        for (var shift = 0; shift < 4 * digits; shift += 4)
        {
            bits |= (ulong)(value % 10) << shift;
            value /= 10;
        }
        return value == 0;
    }
}
