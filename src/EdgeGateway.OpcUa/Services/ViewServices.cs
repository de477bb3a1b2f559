using EdgeGateway.OpcUa.Encoding;

namespace EdgeGateway.OpcUa.Services;

/// <summary>Class of a node (OPC 10000-3, 8.29).</summary>
[Flags]
public enum NodeClass : byte
{
    /// <summary>None, or any.</summary>
    Unspecified = 0,
    /// <summary>An object.</summary>
    Object = 1,
    /// <summary>A variable.</summary>
    Variable = 2,
    /// <summary>A method.</summary>
    Method = 4,
    /// <summary>A type of objects.</summary>
    ObjectType = 8,
    /// <summary>A type of variables.</summary>
    VariableType = 16,
    /// <summary>A type of references.</summary>
    ReferenceType = 32,
    /// <summary>A data type.</summary>
    DataType = 64,
    /// <summary>A view.</summary>
    View = 128,
}

/// <summary>A reference to a node, as Browse answers it.</summary>
/// <param name="Type">Type of the reference.</param>
/// <param name="Forward">Its direction.</param>
/// <param name="Target">The node.</param>
/// <param name="Name">Its browse name.</param>
/// <param name="DisplayName">Its name for people, or null.</param>
/// <param name="Class">Its class.</param>
/// <param name="TypeDefinition">Its type.</param>
public sealed record Reference(NodeId Type, bool Forward, ExpandedNodeId Target, QualifiedName Name, string? DisplayName, NodeClass Class, ExpandedNodeId TypeDefinition);

/// <summary>What Browse answers for one node.</summary>
/// <param name="Status">Outcome.</param>
/// <param name="Continuation">Where to go on with BrowseNext, or empty.</param>
/// <param name="References">References, in the server's order.</param>
public sealed record BrowseResult(StatusCode Status, byte[] Continuation, IReadOnlyList<Reference> References);

/// <summary>A step of a browse path.</summary>
/// <param name="Name">Browse name of the target.</param>
public readonly record struct PathStep(QualifiedName Name);

/// <summary>Bodies of Browse, BrowseNext, Translate and RegisterNodes (OPC 10000-4, 5.9).</summary>
public static class ViewServices
{
    /// <summary>Number of the Browse request.</summary>
    public const uint Browse = ServiceIds.Browse;
    /// <summary>Number of the BrowseNext request.</summary>
    public const uint BrowseNext = ServiceIds.BrowseNext;
    /// <summary>Number of the TranslateBrowsePathsToNodeIds request.</summary>
    public const uint Translate = ServiceIds.Translate;
    /// <summary>Number of the RegisterNodes request.</summary>
    public const uint RegisterNodes = ServiceIds.RegisterNodes;

    private const uint HierarchicalReferences = 33, HasSubtype = 45;
    private const uint AllFields = 63;

    /// <summary>Appends a Browse along hierarchical references, forward.</summary>
    public static void WriteBrowse(UaWriter w, ReadOnlySpan<NodeId> nodes, uint maxReferences, NodeClass classes)
    {
        w.NodeId(default).Int64(0).UInt32(0).UInt32(maxReferences).Int32(nodes.Length);
        foreach (var node in nodes) w.NodeId(node).UInt32(0).NodeId(new NodeId(0, HierarchicalReferences)).Boolean(true).UInt32((uint)classes).UInt32(AllFields);
    }

    /// <summary>Appends a Browse for the supertype of a type.</summary>
    public static void WriteBrowseSupertype(UaWriter w, NodeId type) =>
        w.NodeId(default).Int64(0).UInt32(0).UInt32(1).Int32(1).NodeId(type).UInt32(1).NodeId(new NodeId(0, HasSubtype)).Boolean(false).UInt32(0).UInt32(AllFields);

    /// <summary>Appends a BrowseNext; <paramref name="release"/> frees the points without reading on.</summary>
    public static void WriteBrowseNext(UaWriter w, bool release, IReadOnlyList<byte[]> points)
    {
        w.Boolean(release).Int32(points.Count);
        foreach (var point in points) w.Octets(point);
    }

    /// <summary>Reads the results of Browse or BrowseNext; null where malformed or of another count than asked for.</summary>
    public static IReadOnlyList<BrowseResult>? ReadBrowse(ref UaReader r, int expected)
    {
        if (r.Count(12) != expected) return null;
        var results = new List<BrowseResult>();
        for (var i = 0; i < expected && !r.Failed; i++)
        {
            var status = new StatusCode(r.UInt32());
            var point = r.ByteString() ?? [];
            var count = r.Count(20);
            var references = new List<Reference>();
            for (var k = 0; k < count && !r.Failed; k++)
            {
                var type = r.NodeId();
                var forward = r.Boolean();
                var target = r.ExpandedNodeId();
                var name = r.QualifiedName();
                var display = r.LocalizedText().Text;
                var nodeClass = r.UInt32();
                references.Add(new Reference(type, forward, target, name, display, (NodeClass)(byte)nodeClass, r.ExpandedNodeId()));
            }
            results.Add(new BrowseResult(status, point, references));
        }
        return r.Failed ? null : results;
    }

    /// <summary>Appends a translation of one path along hierarchical references.</summary>
    public static void WriteTranslate(UaWriter w, NodeId start, ReadOnlySpan<PathStep> path)
    {
        w.Int32(1).NodeId(start).Int32(path.Length);
        foreach (var step in path) w.NodeId(new NodeId(0, HierarchicalReferences)).Boolean(false).Boolean(true).QualifiedName(step.Name);
    }

    /// <summary>Reads the translation of one path: its first whole target in this server.</summary>
    public static (StatusCode Status, NodeId Node) ReadTranslated(ref UaReader r)
    {
        if (r.Count(8) != 1) return (new StatusCode(StatusCodes.BadUnknownResponse), default);
        var status = new StatusCode(r.UInt32());
        var targets = r.Count(6);
        var found = default(NodeId);
        for (var i = 0; i < targets && !r.Failed; i++)
        {
            var target = r.ExpandedNodeId();
            var rest = r.UInt32();
            if (found.IsNull && target.Server == 0 && target.NamespaceUri is null && rest == uint.MaxValue) found = target.Node;
        }
        if (r.Failed) return (new StatusCode(StatusCodes.BadDecodingError), default);
        return !status.IsBad && found.IsNull ? (new StatusCode(StatusCodes.BadNoMatch), default) : (status, found);
    }

    /// <summary>Appends a RegisterNodes.</summary>
    public static void WriteRegister(UaWriter w, ReadOnlySpan<NodeId> nodes)
    {
        w.Int32(nodes.Length);
        foreach (var node in nodes) w.NodeId(node);
    }

    /// <summary>Reads the registered ids; null where malformed or of another count than asked for.</summary>
    public static NodeId[]? ReadRegistered(ref UaReader r, int expected)
    {
        if (r.Count(2) != expected) return null;
        var nodes = new NodeId[expected];
        for (var i = 0; i < expected; i++) nodes[i] = r.NodeId();
        return r.Failed ? null : nodes;
    }
}
