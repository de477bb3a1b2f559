using System.Text.RegularExpressions;
using EdgeGateway.DeviceMaps.Binding;
using EdgeGateway.DeviceMaps.Plant;

namespace EdgeGateway.DeviceMaps.Tests;

/// <summary>Every folder of testcases is a map with what must come of it: <c>faults.txt</c> (line:column: message) or <c>expected.txt</c> (the bound plant).</summary>
public sealed partial class TestcaseTests
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "testcases");

    // A build that drops a case leaves its folder behind, empty.
    public static TheoryData<string> Names() => [.. Directory.GetDirectories(Root).Where(d => Directory.EnumerateFileSystemEntries(d).Any()).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Fact]
    public void There_are_cases() => Assert.True(Directory.GetDirectories(Root).Length >= 60);

    [Theory]
    [MemberData(nameof(Names))]
    public void Comes_out_as_expected(string name)
    {
        var folder = Path.Combine(Root, name);
        var reading = Maps.Read(Directory.GetFiles(folder, "*.yaml").ToDictionary(f => Path.GetFileName(f)!, File.ReadAllText));
        var faults = string.Concat(reading.Faults.Select(f => $"{(f.Mark.File == "map.yaml" ? "" : f.Mark.File + ":")}{f.Mark.Line}:{f.Mark.Column}: {f.Message}\n"));
        var expected = Path.Combine(folder, "expected.txt");
        if (File.Exists(expected))
        {
            Assert.Equal("", faults);
            Assert.Equal(File.ReadAllText(expected), PlantDump.Write(reading.Plant!));
            var warnings = Path.Combine(folder, "warnings.txt");
            if (File.Exists(warnings)) Assert.Equal(File.ReadAllText(warnings), string.Concat(reading.Warnings.Select(w => $"{w.Mark.Line}:{w.Mark.Column}: {w.Message}\n")));
            Stored(reading);
        }
        else
        {
            Assert.Equal(File.ReadAllText(Path.Combine(folder, "faults.txt")), faults);
            Assert.Null(reading.Plant);
        }
    }

    /// <summary>What the store keeps is whole by itself and means the same, but for places and for values that hold secrets.</summary>
    private static void Stored(PlantReading reading)
    {
        var stored = PlantReader.ReadStored("stored", reading.EffectiveMap, TestSchemas.Drivers, TestSchemas.Publishers);
        Assert.Empty(stored.Faults);
        Assert.Equal(reading.EffectiveMap, stored.EffectiveMap);
        Assert.Equal(Measured(reading.Plant!), Measured(stored.Plant!));
    }

    private static string Measured(PlantMap plant) =>
        string.Join('\n', PlantDump.Write(plant).Split('\n').Where(l => !l.StartsWith("connection", StringComparison.Ordinal) && !l.StartsWith("publisher", StringComparison.Ordinal) && !l.StartsWith("gateway", StringComparison.Ordinal) && !l.StartsWith("store", StringComparison.Ordinal)).Select(l => Place().Replace(l, "")));

    [GeneratedRegex(@" at \d+:\d+")]
    private static partial Regex Place();
}
