using System.Collections.Immutable;

namespace EdgeGateway.OpcUa.Encoding;

/// <summary>How a structure's fields lie in it (OPC 10000-3, 8.48).</summary>
public enum StructureForm : byte
{
    /// <summary>All of them, one after the other.</summary>
    Plain = 0,
    /// <summary>A mask says which of the optional ones are there.</summary>
    OptionalFields = 1,
    /// <summary>A number says which single one is there.</summary>
    Union = 2,
}

/// <summary>A field as the server describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DataType">Its type.</param>
/// <param name="IsArray">True for arrays of one dimension.</param>
/// <param name="IsOptional">True where it may be absent.</param>
/// <param name="IsMatrix">True for arrays of more dimensions, whose extents come before their elements.</param>
public sealed record FieldDefinition(string Name, NodeId DataType, bool IsArray, bool IsOptional, bool IsMatrix);

/// <summary>The attribute DataTypeDefinition of a structure's type (OPC 10000-3, 8.48). Immutable.</summary>
/// <param name="Encoding">Id of its binary encoding: what an ExtensionObject with such a structure names.</param>
/// <param name="Form">How its fields lie.</param>
/// <param name="Fields">Its fields, those of its supertypes first.</param>
public sealed record StructureDefinition(NodeId Encoding, StructureForm Form, ImmutableArray<FieldDefinition> Fields)
{
    /// <summary>Binary encoding of a StructureDefinition, and of the EnumDefinition that enumerations have in its place.</summary>
    public const uint EncodingId = 122, EnumEncodingId = 123;

    private const int MaxFields = 1000, LeastField = 20;

    /// <summary>Reads the attribute's value; null where it is none or malformed.</summary>
    public static StructureDefinition? Read(in Variant value, ReadOnlySpan<byte> message)
    {
        if (value.Type != BuiltInType.ExtensionObject || value.IsArray) return null;
        var r = new UaReader(message[..(value.Offset + value.Length)]);
        r.Skip(value.Offset);
        ExtensionObject.Read(ref r, out var structure);
        if (r.Failed || !structure.IsBinary || structure.TypeId(message) != new NodeId(0, EncodingId)) return null;
        r = new UaReader(structure.Body(message));
        var encoding = r.NodeId();
        r.SkipValue(BuiltInType.NodeId);
        var form = r.UInt32();
        var count = r.Count(LeastField);
        if (form > 2 || count is < 0 or > MaxFields) return null;
        var fields = ImmutableArray.CreateBuilder<FieldDefinition>(count);
        for (var i = 0; i < count && !r.Failed; i++)
        {
            var name = r.Text() ?? "";
            r.SkipValue(BuiltInType.LocalizedText);
            var type = r.NodeId();
            var rank = r.Int32();
            r.SkipArray(BuiltInType.UInt32);
            r.Skip(4);
            fields.Add(new FieldDefinition(name, type, rank == 1, r.Boolean(), rank is 0 or > 1 or < -1));
        }
        return r.Failed ? null : new StructureDefinition(encoding, (StructureForm)form, fields.ToImmutable());
    }
}
