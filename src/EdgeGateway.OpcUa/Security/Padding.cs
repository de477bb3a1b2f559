namespace EdgeGateway.OpcUa.Security;

/// <summary>PaddingSize, padding, and ExtraPaddingSize where the receiver's key is larger than 2048 bits (OPC 10000-6, 6.7.2.5).</summary>
internal static class Padding
{
    /// <summary>Bytes of padding, sizes included, that make <paramref name="content"/> plus <paramref name="signature"/> a multiple of <paramref name="block"/>.</summary>
    public static int Total(int content, int signature, int block, bool extra)
    {
        var sizes = extra ? 2 : 1;
        var rest = (content + sizes + signature) % block;
        return sizes + (rest == 0 ? 0 : block - rest);
    }

    /// <summary>Fills the padding.</summary>
    public static void Write(Span<byte> padding, bool extra)
    {
        var count = padding.Length - (extra ? 2 : 1);
        padding[..(count + 1)].Fill((byte)count);
        if (extra) padding[^1] = (byte)(count >> 8);
    }

    /// <summary>Length of the content before the padding that ends <paramref name="data"/>, or -1 where the padding is not as it must be. Called behind the signature's check only.</summary>
    public static int Strip(ReadOnlySpan<byte> data, bool extra)
    {
        var sizes = extra ? 2 : 1;
        if (data.Length < sizes) return -1;
        var count = extra ? (data[^1] << 8) | data[^2] : data[^1];
        var content = data.Length - sizes - count;
        if (content < 0) return -1;
        return data.Slice(content, count + 1).IndexOfAnyExcept((byte)count) >= 0 ? -1 : content;
    }
}
