namespace EdgeGateway.OpcUa.Encoding;

/// <summary>The built-in types by their number in a Variant (OPC 10000-6, 5.1.2).</summary>
public enum BuiltInType : byte
{
    /// <summary>No value.</summary>
    Null = 0,
    /// <summary>true or false, one byte.</summary>
    Boolean = 1,
    /// <summary>8 bits, signed.</summary>
    SByte = 2,
    /// <summary>8 bits.</summary>
    Byte = 3,
    /// <summary>16 bits, signed.</summary>
    Int16 = 4,
    /// <summary>16 bits.</summary>
    UInt16 = 5,
    /// <summary>32 bits, signed.</summary>
    Int32 = 6,
    /// <summary>32 bits.</summary>
    UInt32 = 7,
    /// <summary>64 bits, signed.</summary>
    Int64 = 8,
    /// <summary>64 bits.</summary>
    UInt64 = 9,
    /// <summary>IEEE 754 single.</summary>
    Float = 10,
    /// <summary>IEEE 754 double.</summary>
    Double = 11,
    /// <summary>UTF-8 text; null differs from empty.</summary>
    String = 12,
    /// <summary>100 ns since 1601-01-01 UTC.</summary>
    DateTime = 13,
    /// <summary>16 bytes.</summary>
    Guid = 14,
    /// <summary>Octets; null differs from empty.</summary>
    ByteString = 15,
    /// <summary>An XML fragment as UTF-8.</summary>
    XmlElement = 16,
    /// <summary>Identifier of a node.</summary>
    NodeId = 17,
    /// <summary>Identifier of a node with its namespace by URI and its server.</summary>
    ExpandedNodeId = 18,
    /// <summary>32-bit outcome.</summary>
    StatusCode = 19,
    /// <summary>A name and its namespace.</summary>
    QualifiedName = 20,
    /// <summary>A text and its locale.</summary>
    LocalizedText = 21,
    /// <summary>A structure with its type's id.</summary>
    ExtensionObject = 22,
    /// <summary>A value with status and times.</summary>
    DataValue = 23,
    /// <summary>A value of any type.</summary>
    Variant = 24,
    /// <summary>Vendor diagnostics.</summary>
    DiagnosticInfo = 25,
}

/// <summary>Sizes of the built-in types on the wire.</summary>
public static class BuiltInTypes
{
    private static ReadOnlySpan<byte> Fixed => [0, 1, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8, 0, 8, 16, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0];

    private static ReadOnlySpan<byte> Least => [0, 1, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8, 4, 8, 16, 4, 4, 2, 2, 4, 6, 1, 3, 1, 1, 1];

    /// <summary>Bytes of every value of this type, or 0 where they vary.</summary>
    public static int FixedSize(this BuiltInType type) => (int)type < Fixed.Length ? Fixed[(int)type] : 0;

    /// <summary>The fewest bytes a value of this type can have.</summary>
    public static int LeastSize(this BuiltInType type) => (int)type < Least.Length ? Least[(int)type] : 4;

    /// <summary>True for the types whose scalar fits into 64 bits: numbers, Boolean, DateTime and StatusCode.</summary>
    public static bool FitsBits(this BuiltInType type) => type is (>= BuiltInType.Boolean and <= BuiltInType.Double) or BuiltInType.DateTime or BuiltInType.StatusCode;
}
