using System.Collections.Immutable;

namespace EdgeGateway.OpcUa.Encoding;

/// <summary>A field whose type is known down to built-in types.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its built-in type; not used where it is a structure.</param>
/// <param name="Nested">Its own fields where it is a structure, else null.</param>
/// <param name="IsArray">True for arrays.</param>
/// <param name="IsOptional">True where it may be absent.</param>
public sealed record LayoutField(string Name, BuiltInType Type, StructureLayout? Nested, bool IsArray, bool IsOptional);

/// <summary>A field's name, and the element of it where it is an array.</summary>
/// <param name="Name">Name.</param>
/// <param name="Element">Element from 0, or -1 for what is no array.</param>
public readonly record struct FieldStep(string Name, int Element);

/// <summary>Finds a field within the bytes of a structure (OPC 10000-6, 5.2.6 to 5.2.8). Immutable; finding allocates nothing.</summary>
/// <param name="Encoding">Id of the binary encoding.</param>
/// <param name="Form">How the fields lie.</param>
/// <param name="Fields">The fields in order.</param>
public sealed record StructureLayout(NodeId Encoding, StructureForm Form, ImmutableArray<LayoutField> Fields)
{
    /// <summary>Fewest bytes that it takes; 0 for a structure of nothing.</summary>
    public int LeastSize { get; } = (Form == StructureForm.Plain ? 0 : 4) + (Form == StructureForm.Union ? 0 : Fields.Where(f => !f.IsOptional).Sum(f => f.IsArray ? 4 : f.Nested?.LeastSize ?? f.Type.LeastSize()));

    /// <summary>Reads a path such as <c>Motor.Temperatures[2]</c>; null where it is none.</summary>
    public static ImmutableArray<FieldStep>? ReadPath(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var steps = ImmutableArray.CreateBuilder<FieldStep>();
        foreach (var part in text.Split('.'))
        {
            var open = part.IndexOf('[', StringComparison.Ordinal);
            var element = -1;
            if (open >= 0 && (part[^1] != ']' || !int.TryParse(part.AsSpan(open + 1, part.Length - open - 2), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out element))) return null;
            var name = open >= 0 ? part[..open] : part;
            if (name.Length == 0) return null;
            steps.Add(new FieldStep(name, element));
        }
        return steps.Count > 10 ? null : steps.ToImmutable();
    }

    /// <summary>Null where the path leads to a value; else what is wrong with it.</summary>
    public string? Check(ReadOnlySpan<FieldStep> path)
    {
        var name = path[0].Name;
        var field = Fields.FirstOrDefault(f => f.Name == name);
        if (field is null) return $"the structure has no field {name}; it has {string.Join(", ", Fields.Select(f => f.Name))}";
        if (field.IsArray != path[0].Element >= 0) return field.IsArray ? $"field {field.Name} is an array: say which element, such as {field.Name}[0]" : $"field {field.Name} is no array";
        if (path.Length == 1) return field.Nested is null ? null : $"field {field.Name} is a structure; name one of its fields: {string.Join(", ", field.Nested.Fields.Select(f => f.Name))}";
        return field.Nested is null ? $"field {field.Name} is no structure" : field.Nested.Check(path[1..]);
    }

    /// <summary>Finds the value in an ExtensionObject.</summary>
    /// <param name="whole">A scalar of type ExtensionObject.</param>
    /// <param name="message">The message it was read from.</param>
    /// <param name="path">The way to the field; <see cref="Check"/> has approved it.</param>
    /// <param name="value">The value, as a scalar of the same message.</param>
    /// <returns>False where it is another structure, its bytes end early, or the field is absent.</returns>
    public bool TryFind(in Variant whole, ReadOnlySpan<byte> message, ReadOnlySpan<FieldStep> path, ref Variant value)
    {
        if (whole.Type != BuiltInType.ExtensionObject || whole.IsArray) return false;
        // Positions stay those of the message.
        var r = new UaReader(message[..(whole.Offset + whole.Length)]);
        r.Skip(whole.Offset);
        ExtensionObject.Read(ref r, out var structure);
        if (r.Failed || !structure.IsBinary || structure.TypeId(message) != Encoding) return false;
        r = new UaReader(message[..(structure.Offset + structure.Length)]);
        r.Skip(structure.Offset);
        return Find(ref r, path, ref value);
    }

    private bool Find(ref UaReader r, ReadOnlySpan<FieldStep> path, ref Variant value)
    {
        var chosen = Form == StructureForm.Plain ? 0 : r.UInt32();
        var optional = 0;
        for (var i = 0; i < Fields.Length && !r.Failed; i++)
        {
            var field = Fields[i];
            var present = Form switch
            {
                StructureForm.Union => chosen == i + 1,
                StructureForm.OptionalFields when field.IsOptional => (chosen >> optional++ & 1) != 0,
                _ => true,
            };
            if (path.IsEmpty || field.Name != path[0].Name)
            {
                if (present) Skip(ref r, field);
                continue;
            }
            if (!present) return false;
            if (field.IsArray)
            {
                var count = r.Count(field.Nested?.LeastSize ?? field.Type.LeastSize());
                if (path[0].Element >= count) return false;
                for (var k = 0; k < path[0].Element && !r.Failed; k++) SkipOne(ref r, field);
            }
            if (field.Nested is not null) return field.Nested.Find(ref r, path[1..], ref value);
            Variant.ReadScalar(ref r, field.Type, ref value);
            return !r.Failed;
        }
        return false;
    }

    private static void Skip(ref UaReader r, LayoutField field)
    {
        if (!field.IsArray)
        {
            SkipOne(ref r, field);
            return;
        }
        var count = r.Count(field.Nested?.LeastSize ?? field.Type.LeastSize());
        // Elements of nothing are no reason to count to what a server claims.
        if (field.Nested is { LeastSize: 0, Form: StructureForm.Plain }) return;
        for (var i = 0; i < count && !r.Failed; i++) SkipOne(ref r, field);
    }

    private static void SkipOne(ref UaReader r, LayoutField field)
    {
        if (field.Nested is null)
        {
            r.SkipValue(field.Type);
            return;
        }
        if (!r.Enter()) return;
        var none = default(Variant);
        field.Nested.Find(ref r, default, ref none);
        r.Leave();
    }
}
