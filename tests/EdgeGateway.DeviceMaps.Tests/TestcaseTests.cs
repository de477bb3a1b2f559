namespace EdgeGateway.DeviceMaps.Tests;

/// <summary>Every folder of testcases is a map with what must come of it: <c>faults.txt</c> (line:column: message) or <c>expected.txt</c> (the bound plant).</summary>
public sealed class TestcaseTests
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "testcases");

    public static TheoryData<string> Names() => [.. Directory.GetDirectories(Root).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Fact]
    public void There_are_cases() => Assert.True(Directory.GetDirectories(Root).Length >= 40);

    [Theory]
    [MemberData(nameof(Names))]
    public void Comes_out_as_expected(string name)
    {
        var folder = Path.Combine(Root, name);
        var reading = Maps.Read(File.ReadAllText(Path.Combine(folder, "map.yaml")));
        var faults = string.Concat(reading.Faults.Select(f => $"{f.Mark.Line}:{f.Mark.Column}: {f.Message}\n"));
        var expected = Path.Combine(folder, "expected.txt");
        if (File.Exists(expected))
        {
            Assert.Equal("", faults);
            Assert.Equal(File.ReadAllText(expected), PlantDump.Write(reading.Plant!));
        }
        else
        {
            Assert.Equal(File.ReadAllText(Path.Combine(folder, "faults.txt")), faults);
            Assert.Null(reading.Plant);
        }
    }
}
