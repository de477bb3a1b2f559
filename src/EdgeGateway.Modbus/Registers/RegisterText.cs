namespace EdgeGateway.Modbus.Registers;

/// <summary>Registers ↔ ASCII text, two characters a register. Pure; nothing is allocated.</summary>
public static class RegisterText
{
    private const char Unreadable = '\uFFFD';

    /// <summary>Reads text up to the first NUL, without spaces at its end; what is not printable ASCII becomes U+FFFD.</summary>
    /// <param name="data">Wire bytes, whole registers.</param>
    /// <param name="swapped">True where the first character is in the lower byte.</param>
    /// <param name="output">Receives the text; as many characters as there are bytes.</param>
    /// <returns>Characters.</returns>
    public static int Read(ReadOnlySpan<byte> data, bool swapped, Span<char> output)
    {
        var length = 0;
        for (; length < data.Length; length++)
        {
            var c = data[swapped ? length ^ 1 : length];
            if (c == 0) break;
            output[length] = c is >= 0x20 and < 0x7F ? (char)c : Unreadable;
        }
        while (length > 0 && output[length - 1] == ' ') length--;
        return length;
    }

    /// <summary>Writes text and fills up with NUL; false where it is too long or not printable ASCII.</summary>
    /// <param name="text">The text.</param>
    /// <param name="swapped">True to put the first character into the lower byte.</param>
    /// <param name="data">Receives it; whole registers.</param>
    public static bool TryWrite(ReadOnlySpan<char> text, bool swapped, Span<byte> data)
    {
        if (text.Length > data.Length) return false;
        data.Clear();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is < ' ' or > '~') return false;
            data[swapped ? i ^ 1 : i] = (byte)text[i];
        }
        return true;
    }
}
