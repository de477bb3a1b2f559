using System.Globalization;

namespace EdgeGateway.OpcUa.Encoding;

/// <summary>A node as a map names it: <c>nsu=URI;s=…</c>, or <c>i=…</c> in the standard's own namespace. Survives a server that reorders its namespaces. Immutable.</summary>
/// <param name="NamespaceUri">URI of the namespace, or null for namespace 0.</param>
/// <param name="Identifier">The identifier; its own namespace index is 0 and means nothing.</param>
public sealed record NodeAddress(string? NamespaceUri, NodeId Identifier)
{
    private const string Shape = "expected nsu=<namespace URI>;s=<text> (or i=<number>, g=<guid>, b=<base64>)";

    /// <summary>Reads an address; a namespace by index is refused, because indexes move when a server restarts.</summary>
    /// <returns>Null, or what is wrong.</returns>
    public static string? Read(string text, out NodeAddress address)
    {
        address = new NodeAddress(null, default);
        var rest = text.AsSpan().Trim();
        string? uri = null;
        if (rest.StartsWith("ns=", StringComparison.Ordinal)) return "a namespace is named by its URI (nsu=…), never by its index, which changes when the server restarts";
        if (rest.StartsWith("nsu=", StringComparison.Ordinal))
        {
            var cut = rest.IndexOf(';');
            if (cut <= 4) return Shape;
            uri = Unescape(rest[4..cut]);
            rest = rest[(cut + 1)..];
        }
        if (rest.Length < 3 || rest[1] != '=') return Shape;
        var value = rest[2..];
        NodeId id;
        switch (rest[0])
        {
            case 'i' when uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                id = new NodeId(0, number);
                break;
            case 's' when value.Length <= 4096:
                id = new NodeId(0, value.ToString());
                break;
            case 'g' when Guid.TryParseExact(value, "D", out var guid):
                id = new NodeId(0, guid);
                break;
            case 'b' when TryBase64(value, out var opaque):
                id = new NodeId(0, opaque);
                break;
            default:
                return Shape;
        }
        address = new NodeAddress(uri, id);
        return null;
    }

    /// <summary>The form that <see cref="Read"/> takes.</summary>
    public override string ToString() => (NamespaceUri is null ? "" : "nsu=" + NamespaceUri.Replace("%", "%25", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal) + ";") + Identifier.IdentifierText;

    private static string Unescape(ReadOnlySpan<char> uri) =>
        uri.ToString().Replace("%3B", ";", StringComparison.OrdinalIgnoreCase).Replace("%25", "%", StringComparison.Ordinal);

    private static bool TryBase64(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = new byte[text.Length];
        if (!Convert.TryFromBase64Chars(text, bytes, out var length)) return false;
        bytes = bytes[..length];
        return true;
    }
}
