using System.Text.RegularExpressions;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Binding;
using EdgeGateway.DeviceMaps.Language;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Faults;

namespace EdgeGateway.DeviceMaps.Tests;

/// <summary>
/// Every folder of testcases is a map with what must come of it: <c>faults.txt</c> (line:column: message) and the same in Chinese, <c>faults.zh.txt</c>; or <c>expected.txt</c> (the bound plant).
/// Folders named <c>real_</c> are read as the commands read them, with the drivers, publishers, templates and sets of the binary; the others with a small driver of the tests.
/// </summary>
public sealed partial class TestcaseTests
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "testcases");

    // A build that drops a case leaves its folder behind, empty.
    public static TheoryData<string> Names() => [.. Directory.GetDirectories(Root).Where(d => Directory.EnumerateFileSystemEntries(d).Any()).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Fact]
    public void There_are_cases() => Assert.True(Directory.GetFiles(Root, "faults.txt", SearchOption.AllDirectories).Length >= 60);

    [Theory]
    [MemberData(nameof(Names))]
    public void Comes_out_as_expected(string name)
    {
        var folder = Path.Combine(Root, name);
        var (reading, found, warned) = Read(folder);
        Same(folder, "faults", found);
        Same(folder, "warnings", warned);
        if (found.Count > 0 || reading is null) return;
        Assert.Equal(File.ReadAllText(Path.Combine(folder, "expected.txt")), PlantDump.Write(reading.Plant!));
        Stored(reading);
    }

    private static (PlantReading? Reading, IReadOnlyList<Fault> Faults, IReadOnlyList<Fault> Warnings) Read(string folder)
    {
        if (!Path.GetFileName(folder).StartsWith("real_", StringComparison.Ordinal))
        {
            var reading = Maps.Read(Directory.GetFiles(folder, "*.yaml").ToDictionary(f => Path.GetFileName(f)!, File.ReadAllText));
            Assert.Equal(reading.Faults.Count == 0, reading.Plant is not null);
            return (reading, reading.Faults, reading.Warnings);
        }
        var outcome = MapFile.Read(Path.Combine(folder, "map.yaml"));
        Assert.Equal(outcome.Faults.Count == 0, outcome.Map is not null);
        return (null, outcome.Faults, outcome.Warnings);
    }

    private static void Same(string folder, string kind, IReadOnlyList<Fault> found)
    {
        foreach (var (file, language) in new[] { ($"{kind}.txt", MessageLanguage.English), ($"{kind}.zh.txt", MessageLanguage.Chinese) })
        {
            var expected = Path.Combine(folder, file);
            // Where a good map has doubts that are not what it is about, they are not written down.
            if (kind == "warnings" && !File.Exists(expected)) continue;
            Assert.Equal(File.Exists(expected) ? File.ReadAllText(expected) : "", string.Concat(found.Select(f => Line(folder, f, language) + "\n")));
        }
    }

    private static string Line(string folder, Fault fault, MessageLanguage language)
    {
        var file = fault.Mark.File.Replace(folder + "/", "", StringComparison.Ordinal);
        return $"{(file == "map.yaml" ? "" : file + ":")}{fault.Mark.Line}:{fault.Mark.Column}: {FaultLanguage.Say(fault.Message, language).Replace(folder + "/", "", StringComparison.Ordinal)}";
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
