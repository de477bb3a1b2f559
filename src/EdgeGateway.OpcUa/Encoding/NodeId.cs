using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace EdgeGateway.OpcUa.Encoding;

/// <summary>Form of a node's identifier.</summary>
public enum NodeIdKind : byte
{
    /// <summary>A number: <c>i=</c>.</summary>
    Number = 0,
    /// <summary>A text: <c>s=</c>.</summary>
    Text = 1,
    /// <summary>A GUID: <c>g=</c>.</summary>
    Guid = 2,
    /// <summary>Octets, Base64 in text: <c>b=</c>.</summary>
    Opaque = 3,
}

/// <summary>Identifier of a node, namespace by index: valid within one session only, because servers reorder their namespaces. Immutable (OPC 10000-3, 8.2; 10000-6, 5.2.2.9).</summary>
public readonly struct NodeId : IEquatable<NodeId>
{
    private readonly object? _value;

    /// <summary>A numeric identifier.</summary>
    public NodeId(ushort @namespace, uint number) => (Namespace, Number) = (@namespace, number);

    /// <summary>A text identifier.</summary>
    public NodeId(ushort @namespace, string text) => (Namespace, Kind, _value) = (@namespace, NodeIdKind.Text, text);

    /// <summary>A GUID.</summary>
    public NodeId(ushort @namespace, Guid guid) => (Namespace, Kind, _value) = (@namespace, NodeIdKind.Guid, guid);

    /// <summary>An opaque identifier; <paramref name="opaque"/> is taken over.</summary>
    public NodeId(ushort @namespace, byte[] opaque) => (Namespace, Kind, _value) = (@namespace, NodeIdKind.Opaque, opaque);

    /// <summary>Index of the namespace in this session's NamespaceArray.</summary>
    public ushort Namespace { get; }

    /// <summary>Form of the identifier.</summary>
    public NodeIdKind Kind { get; }

    /// <summary>The number, where <see cref="Kind"/> says so.</summary>
    public uint Number { get; }

    /// <summary>The text, or null.</summary>
    public string? Text => _value as string;

    /// <summary>The GUID, where <see cref="Kind"/> says so.</summary>
    public Guid Guid => _value is Guid g ? g : default;

    /// <summary>The octets, where <see cref="Kind"/> says so.</summary>
    public ReadOnlySpan<byte> Opaque => _value is byte[] b ? b : default;

    /// <summary>True for <c>i=0</c> in namespace 0: "no node".</summary>
    public bool IsNull => Namespace == 0 && Number == 0 && Kind == NodeIdKind.Number;

    /// <summary>The same identifier in another namespace.</summary>
    public NodeId In(ushort @namespace) => Kind switch
    {
        NodeIdKind.Text => new NodeId(@namespace, Text!),
        NodeIdKind.Guid => new NodeId(@namespace, Guid),
        NodeIdKind.Opaque => new NodeId(@namespace, (byte[])_value!),
        _ => new NodeId(@namespace, Number),
    };

    /// <inheritdoc/>
    public bool Equals(NodeId other) => Namespace == other.Namespace && Kind == other.Kind && Number == other.Number && (Kind switch
    {
        NodeIdKind.Number => true,
        NodeIdKind.Text => string.Equals(Text, other.Text, StringComparison.Ordinal),
        NodeIdKind.Guid => Guid == other.Guid,
        _ => Opaque.SequenceEqual(other.Opaque),
    });

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is NodeId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Namespace);
        hash.Add(Number);
        if (Kind == NodeIdKind.Opaque) hash.AddBytes(Opaque);
        else if (Kind != NodeIdKind.Number) hash.Add(_value);
        return hash.ToHashCode();
    }

    /// <summary><c>ns=2;s=Line1.Good</c>, without <c>ns=</c> in namespace 0.</summary>
    public override string ToString() => (Namespace == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"ns={Namespace};")) + IdentifierText;

    /// <summary>The identifier without its namespace: <c>i=85</c>, <c>s=Line1.Good</c>.</summary>
    public string IdentifierText => Kind switch
    {
        NodeIdKind.Text => "s=" + Text,
        NodeIdKind.Guid => "g=" + Guid.ToString("D", CultureInfo.InvariantCulture),
        NodeIdKind.Opaque => "b=" + Convert.ToBase64String(Opaque),
        _ => string.Create(CultureInfo.InvariantCulture, $"i={Number}"),
    };

    /// <summary>Equality of identifiers.</summary>
    public static bool operator ==(NodeId left, NodeId right) => left.Equals(right);

    /// <summary>Inequality of identifiers.</summary>
    public static bool operator !=(NodeId left, NodeId right) => !left.Equals(right);
}

/// <summary>A node with its namespace by URI where the sender gave one, and its server.</summary>
/// <param name="Node">The node; its namespace counts where <paramref name="NamespaceUri"/> is null.</param>
/// <param name="NamespaceUri">URI of the namespace, or null.</param>
/// <param name="Server">Index of the server; 0 is the one that was asked.</param>
public readonly record struct ExpandedNodeId(NodeId Node, string? NamespaceUri, uint Server);

/// <summary>A name and its namespace's index.</summary>
/// <param name="Namespace">Index of the namespace.</param>
/// <param name="Name">The name, or null.</param>
public readonly record struct QualifiedName(ushort Namespace, string? Name);

/// <summary>A text and its locale.</summary>
/// <param name="Locale">Such as <c>en-US</c>, or null.</param>
/// <param name="Text">The text, or null.</param>
public readonly record struct LocalizedText(string? Locale, string? Text);
