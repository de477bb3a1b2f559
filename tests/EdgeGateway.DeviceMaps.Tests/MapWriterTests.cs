using CsCheck;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Sources;

namespace EdgeGateway.DeviceMaps.Tests;

/// <summary>What is written reads as the same tree: a stored map must not mean anything else.</summary>
public sealed class MapWriterTests
{
    private static readonly Mark Nowhere = new("m", 1, 1);

    private static readonly Gen<string> Words = Gen.OneOf(
        AnyOf.Items("drop", "null", "~", "true", "0x10", "-1", "1e3", "", " a ", "- b", "#c", "a: b", "${env:X}", "温度", "a\tb\nc\r\n", "'", "\"", "\\", "\u2028\uFEFF\u0085", "\uD83D\uDE00", "?", "[", "{"),
        Gen.Char["ab0 :#-\"'\\\n\t{}[],&*!|>%@`~中\u00A0\u0001"].Array[0, 12].Select(c => new string(c)));

    private static readonly Gen<MapText> Texts = Gen.OneOf(
        Words.Select(w => new MapText(Nowhere, w, false)),
        AnyOf.Items("drop", "a", "0x10", "75 kW", "a/b.c", "-1", "").Select(w => new MapText(Nowhere, w, true)));

    private static Gen<MapNode> Nodes(int depth) => depth == 0 ? Texts.Select(t => (MapNode)t) : Gen.OneOf(
        Texts.Select(t => (MapNode)t),
        Nodes(depth - 1).Array[0, 3].Select(n => (MapNode)new MapList(Nowhere, n)),
        Tables(depth - 1).Select(t => (MapNode)t));

    private static Gen<MapTable> Tables(int depth) => Gen.Select(Words.Where(w => w.Length > 0), Nodes(depth)).Array[0, 4].Select(entries =>
        new MapTable(Nowhere, [.. entries.DistinctBy(e => e.Item1).Select(e => new MapEntry(new MapText(Nowhere, e.Item1, false), e.Item2))]));

    [Fact]
    public void Written_and_read_again_is_the_same() => Tables(3).Where(t => t.Entries.Count > 0).Sample(tree =>
    {
        var faults = new FaultList();
        var read = MapReader.Read("m", MapWriter.Write(tree), faults);
        Assert.Empty(faults.Ordered);
        Assert.Equal(Shape(tree), Shape(read!));
    }, iter: 4_000);

    // A plain word and one in quotes differ only where nothing is written.
    private static string Shape(MapNode node) => node switch
    {
        MapText { IsNothing: true } => "~",
        MapText text => $"'{text.Value}'",
        MapList list => $"[{string.Join(",", list.Items.Select(Shape))}]",
        MapTable table => $"{{{string.Join(",", table.Entries.Select(e => Shape(e.Key) + ":" + Shape(e.Value)))}}}",
        _ => "?",
    };
}
