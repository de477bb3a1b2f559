using EdgeGateway.Commands;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Schema;

namespace EdgeGateway.DeviceMaps.Tests;

/// <summary>What is made from the option descriptors is what lies in the repository. A test that fails says how to make it anew.</summary>
public sealed class GeneratedFilesTests
{
    public static TheoryData<string> Samples => [.. Directory.GetFiles(RepositoryFolder.PathOf("configs/samples"), "*.yaml").Select(f => Path.GetFileName(f)!)];

    [Fact]
    public void Reference_page() => Same("docs/reference-options.md", ReferenceCommand.Text(), "edgegateway reference > docs/reference-options.md");

    [Fact]
    public void Figures_page() => Same("docs/reference-figures.md", DeviceMaps.References.ReferencePages.Figures(), "edgegateway reference --of figures > docs/reference-figures.md");

    [Fact]
    public void Factors_page() => Same("docs/reference-factors.md", ReferenceCommand.Factors(), "edgegateway reference --of factors > docs/reference-factors.md");

    [Theory]
    [InlineData("map.schema.json", SchemaKind.Map, "map")]
    [InlineData("part.schema.json", SchemaKind.Part, "part")]
    [InlineData("template.schema.json", SchemaKind.Template, "template")]
    public void Schemas(string file, SchemaKind kind, string word) => Same("configs/schema/" + file, SchemaCommand.Text(kind), $"edgegateway schema --for {word} > configs/schema/{file}");

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_is_valid(string name)
    {
        var (map, faults) = MapFile.Parse(name, File.ReadAllText(RepositoryFolder.PathOf("configs/samples/" + name)), ".", v => v.EndsWith("_PASSWORD", StringComparison.Ordinal) ? "x" : null);
        Assert.Empty(faults);
        Assert.NotEmpty(map!.Plant.Units);
    }

    public static TheoryData<string> Keys => [.. SampleCommand.Keys];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Commented_samples(string key)
    {
        var (map, faults) = MapFile.Parse(key, SampleCommand.Text(key), ".", _ => null);
        Assert.Empty(faults);
        Assert.NotEmpty(map!.Plant.Units);
    }

    private static void Same(string file, string text, string command)
    {
        var path = RepositoryFolder.PathOf(file);
        Assert.True(File.Exists(path) && File.ReadAllText(path) == text, $"{file} is not what the descriptors make: {command}");
    }
}
