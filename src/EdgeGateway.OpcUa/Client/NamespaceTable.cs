using EdgeGateway.OpcUa.Encoding;

namespace EdgeGateway.OpcUa.Client;

/// <summary>The server's NamespaceArray in this session. Immutable.</summary>
/// <param name="uris">URIs by index.</param>
public sealed class NamespaceTable(IReadOnlyList<string> uris)
{
    private const int MaxNamespaces = 4096;

    /// <summary>Before any session: only the standard's own.</summary>
    public static NamespaceTable Empty { get; } = new(["http://opcfoundation.org/UA/"]);

    /// <summary>URIs by index.</summary>
    public IReadOnlyList<string> Uris => uris;

    /// <summary>The node in this session; false where the server does not know the namespace.</summary>
    public bool TryResolve(NodeAddress address, out NodeId node)
    {
        ArgumentNullException.ThrowIfNull(address);
        node = address.Identifier;
        if (address.NamespaceUri is null || address.NamespaceUri == uris[0]) return true;
        for (var i = 1; i < uris.Count; i++)
        {
            if (uris[i] != address.NamespaceUri) continue;
            node = address.Identifier.In((ushort)i);
            return true;
        }
        return false;
    }

    /// <summary>The lasting address of a node of this session; null where its index is not in the table.</summary>
    public NodeAddress? AddressOf(NodeId node) =>
        node.Namespace == 0 ? new NodeAddress(null, node) : node.Namespace < uris.Count ? new NodeAddress(uris[node.Namespace], node.In(0)) : null;

    /// <summary>Reads the value of the NamespaceArray; null where it is none.</summary>
    internal static NamespaceTable? Read(in Variant value, ReadOnlySpan<byte> message)
    {
        if (value.Type != BuiltInType.String || !value.IsArray || value.Count is 0 or > MaxNamespaces) return null;
        var r = new UaReader(value.Content(message));
        var list = new string[value.Count];
        for (var i = 0; i < list.Length; i++) list[i] = r.Text() ?? "";
        return r.Failed ? null : new NamespaceTable(list);
    }
}
