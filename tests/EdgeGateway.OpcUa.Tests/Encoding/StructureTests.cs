using CsCheck;
using EdgeGateway.OpcUa.Encoding;

namespace EdgeGateway.OpcUa.Tests.Encoding;

/// <summary>Fields of structures, found by what a server says of their type.</summary>
public sealed class StructureTests
{
    private static readonly StructureLayout Motor = new(new NodeId(2, 7), StructureForm.OptionalFields,
    [
        new LayoutField("Name", BuiltInType.String, null, false, false),
        new LayoutField("Speed", BuiltInType.Double, null, false, false),
        new LayoutField("Torque", BuiltInType.Float, null, false, true),
        new LayoutField("Temperatures", BuiltInType.Int16, null, true, true),
        new LayoutField("Last", BuiltInType.UInt32, null, false, false),
    ]);

    private static readonly StructureLayout Line = new(new NodeId(2, 8), StructureForm.Plain,
    [
        new LayoutField("Motors", BuiltInType.ExtensionObject, Motor, true, false),
        new LayoutField("Choice", BuiltInType.ExtensionObject, new StructureLayout(default, StructureForm.Union, [new LayoutField("A", BuiltInType.Byte, null, false, false), new LayoutField("B", BuiltInType.Int64, null, false, false)]), false, false),
        new LayoutField("Any", BuiltInType.Variant, null, false, false),
    ]);

    private static byte[] Message()
    {
        var w = new UaWriter();
        w.Raw([0xEE, 0xEE]).Byte(0x16);
        w.NodeId(new NodeId(2, 8)).Byte(1);
        var body = new UaWriter();
        body.Int32(2);
        // The first motor has no torque, the second no temperatures.
        body.UInt32(2).Text("left").Double(1450.5).Int32(3).UInt16(61).UInt16(62).UInt16(0xFFFF).UInt32(11);
        body.UInt32(1).Text(null).Double(-1).Float(2.5f).UInt32(22);
        body.UInt32(2).Int64(-5).Byte(6).Int32(77);
        w.Octets(body.Written);
        return w.Written.ToArray();
    }

    private static Variant Whole(byte[] message)
    {
        var r = new UaReader(message);
        r.Skip(2);
        var value = default(Variant);
        Variant.Read(ref r, ref value);
        Assert.False(r.Failed);
        return value;
    }

    private static double? Find(string path, StructureLayout? layout = null)
    {
        var message = Message();
        var value = default(Variant);
        FieldStep[] steps = [.. StructureLayout.ReadPath(path)!.Value];
        if (!(layout ?? Line).TryFind(Whole(message), message, steps, ref value)) return null;
        return value.TryDouble(out var number) ? number : throw new InvalidOperationException("no number");
    }

    [Theory]
    [InlineData("Motors[0].Speed", 1450.5)]
    [InlineData("Motors[0].Temperatures[2]", -1.0)]
    [InlineData("Motors[0].Last", 11.0)]
    [InlineData("Motors[1].Torque", 2.5)]
    [InlineData("Motors[1].Last", 22.0)]
    [InlineData("Choice.B", -5.0)]
    [InlineData("Any", 77.0)]
    [InlineData("Motors[0].Torque", null)]
    [InlineData("Motors[1].Temperatures[0]", null)]
    [InlineData("Motors[2].Speed", null)]
    [InlineData("Choice.A", null)]
    public void A_field_is_found_where_it_is_and_nowhere_else(string path, double? expected) => Assert.Equal(expected, Find(path));

    [Fact]
    public void Another_structure_is_not_taken_for_it() => Assert.Null(Find("Motors[0].Speed", Line with { Encoding = new NodeId(2, 9) }));

    [Theory]
    [InlineData("Motor", "has no field Motor; it has Motors, Choice, Any")]
    [InlineData("Motors", "say which element, such as Motors[0]")]
    [InlineData("Motors[0]", "is a structure; name one of its fields: Name, Speed")]
    [InlineData("Any[1]", "is no array")]
    [InlineData("Any.X", "is no structure")]
    [InlineData("Motors[1].Speed", null)]
    public void A_wrong_path_is_explained(string path, string? words)
    {
        var wrong = Line.Check([.. StructureLayout.ReadPath(path)!.Value]);
        if (words is null) Assert.Null(wrong);
        else Assert.Contains(words, wrong, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("A..B")]
    [InlineData("A[")]
    [InlineData("A[x]")]
    [InlineData("A[-1]")]
    [InlineData("[1]")]
    public void What_is_no_path_is_refused(string text) => Assert.Null(StructureLayout.ReadPath(text));

    [Fact]
    public void A_definition_is_read_as_the_standard_encodes_it()
    {
        var body = new UaWriter();
        body.NodeId(new NodeId(0, 886)).NodeId(new NodeId(0, 22)).UInt32(0).Int32(2);
        foreach (var name in new[] { "Low", "High" }) body.Text(name).LocalizedText(new LocalizedText(null, null)).NodeId(new NodeId(0, 11)).Int32(name == "Low" ? -1 : 1).Int32(-1).UInt32(0).Boolean(false);
        var w = new UaWriter().Byte(0x16);
        w.NodeId(new NodeId(0, StructureDefinition.EncodingId)).Byte(1).Octets(body.Written);
        var r = new UaReader(w.Written);
        var value = default(Variant);
        Variant.Read(ref r, ref value);
        var read = StructureDefinition.Read(value, w.Written);
        Assert.Equal((new NodeId(0, 886), StructureForm.Plain), (read!.Encoding, read.Form));
        Assert.Equal([("Low", false), ("High", true)], read.Fields.Select(f => (f.Name, f.IsArray)));
    }

    [Fact]
    public void Changed_and_cut_bytes_never_throw_and_never_lead_outside() => Gen.Select(Gen.Int[0, 110], Gen.Byte, Gen.Int[0, 110]).Sample((at, change, length) =>
    {
        var message = Message();
        message[at % message.Length] = change;
        message = message[..Math.Min(message.Length, Math.Max(length, 3))];
        var r = new UaReader(message);
        r.Skip(2);
        var value = default(Variant);
        Variant.Read(ref r, ref value);
        if (r.Failed) return true;
        var part = default(Variant);
        foreach (var path in new[] { "Motors[0].Speed", "Motors[1].Last", "Choice.B", "Any" })
        {
            if (Line.TryFind(value, message, [.. StructureLayout.ReadPath(path)!.Value], ref part) && part.Offset + part.Length > message.Length) return false;
        }
        return true;
    }, iter: 3000);

    [Fact]
    public void Finding_allocates_nothing()
    {
        var message = Message();
        var whole = Whole(message);
        FieldStep[] path = [.. StructureLayout.ReadPath("Motors[1].Torque")!.Value];
        var value = default(Variant);
        var least = long.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++) Line.TryFind(whole, message, path, ref value);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(0, least);
    }
}
