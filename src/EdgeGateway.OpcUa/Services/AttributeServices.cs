using EdgeGateway.OpcUa.Encoding;

namespace EdgeGateway.OpcUa.Services;

/// <summary>Which times a server sends with values.</summary>
public enum TimestampsToReturn : byte
{
    /// <summary>That of the source.</summary>
    Source = 0,
    /// <summary>That of the server.</summary>
    Server = 1,
    /// <summary>Both.</summary>
    Both = 2,
    /// <summary>None.</summary>
    Neither = 3,
}

/// <summary>Numbers of attributes (OPC 10000-6, annex A.1).</summary>
public static class Attributes
{
    /// <summary>The node's class.</summary>
    public const uint NodeClass = 2;
    /// <summary>The node's name in its namespace.</summary>
    public const uint BrowseName = 3;
    /// <summary>The value.</summary>
    public const uint Value = 13;
    /// <summary>The value's data type.</summary>
    public const uint DataType = 14;
    /// <summary>Scalar or array.</summary>
    public const uint ValueRank = 15;
    /// <summary>Fields of a structure, values of an enumeration.</summary>
    public const uint DataTypeDefinition = 23;
}

/// <summary>A node's attribute to read or monitor.</summary>
/// <param name="Node">The node.</param>
/// <param name="Attribute">One of <see cref="Attributes"/>.</param>
public readonly record struct ReadItem(NodeId Node, uint Attribute = Attributes.Value);

/// <summary>Bodies of Read and Write (OPC 10000-4, 5.11).</summary>
public static class AttributeServices
{
    /// <summary>Number of the Read request.</summary>
    public const uint Read = ServiceIds.Read;

    /// <summary>Number of the Write request.</summary>
    public const uint Write = ServiceIds.Write;

    /// <summary>Appends a ReadValueId.</summary>
    public static void WriteItem(UaWriter w, in ReadItem item) => w.NodeId(item.Node).UInt32(item.Attribute).Text(null).QualifiedName(default);

    /// <summary>Appends a Read of items that were encoded before by <see cref="WriteItem"/>: polls encode them once.</summary>
    public static void WriteRead(UaWriter w, TimestampsToReturn timestamps, int count, ReadOnlySpan<byte> encodedItems) =>
        w.Double(0).UInt32((uint)timestamps).Int32(count).Raw(encodedItems);

    /// <summary>Appends a Read.</summary>
    public static void WriteRead(UaWriter w, TimestampsToReturn timestamps, ReadOnlySpan<ReadItem> items)
    {
        w.Double(0).UInt32((uint)timestamps).Int32(items.Length);
        foreach (var item in items) WriteItem(w, item);
    }

    /// <summary>Decodes the values of a Read into reused structs; false where the answer is malformed or its count is not that of the request.</summary>
    public static bool ReadValues(ref UaReader r, Span<DataValue> values)
    {
        var count = r.Count(BuiltInType.DataValue.LeastSize());
        if (count != values.Length) return false;
        foreach (ref var value in values) DataValue.Read(ref r, ref value);
        return !r.Failed;
    }

    /// <summary>Appends a Write of one value; <paramref name="variant"/> is a whole encoded Variant.</summary>
    public static void WriteWrite(UaWriter w, NodeId node, ReadOnlySpan<byte> variant) =>
        w.Int32(1).NodeId(node).UInt32(Attributes.Value).Text(null).Byte(1).Raw(variant);

    /// <summary>Reads an array of status codes, at most as many as <paramref name="codes"/> holds.</summary>
    /// <returns>False where malformed or the count is not that of the request.</returns>
    public static bool ReadStatuses(ref UaReader r, Span<StatusCode> codes)
    {
        var count = r.Count(4);
        if (count != codes.Length) return false;
        foreach (ref var code in codes) code = new StatusCode(r.UInt32());
        return !r.Failed;
    }
}
