using CsCheck;
using EdgeGateway.DeviceMaps.Located;

namespace EdgeGateway.DeviceMaps.Tests;

/// <summary>Whatever the text: no exception, every fault has a place inside it, and either there is a plant or there is a fault.</summary>
public sealed class FuzzTests
{
    private const string Alphabet = "aby019 .:-?,[]{}#&*!|>'\"%@`~\\\t\n\r$=中：\u0085\uFEFF\uD83D\uDE00";

    private static readonly string[] Seeds = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "testcases"), "map.yaml", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal).Select(File.ReadAllText).Where(t => t.Length < 4000)];

    private static readonly string[] Pieces = ["${env:TOKEN}", "${", "}", "\n  ", "\n\t", ": ", "- ", "&a ", "*a", "---\n", "!x ", "|\n", ">-\n", "\"", "'", "[", "{", "?", "0x", "-1", "1e999", "99999999999999999999", "kWh", "/min", ".", "", "~", "<<: "];

    [Fact]
    public void Random_text() =>
        Gen.OneOf(Gen.String, Gen.Char[Alphabet].Array[0, 120].Select(c => new string(c))).Sample(Hold, iter: 8_000);

    [Fact]
    public void Mutated_maps() =>
        Gen.Select(AnyOf.Items(Seeds), Gen.Select(Gen.Int[0, 4000], Gen.Int[0, 12], AnyOf.Items(Pieces)).Array[1, 4]).Sample((seed, edits) =>
        {
            var text = seed;
            foreach (var (at, drop, piece) in edits)
            {
                var start = Math.Min(at, text.Length);
                text = string.Concat(text.AsSpan(0, start), piece, text.AsSpan(Math.Min(start + drop, text.Length)));
            }
            Hold(text);
        }, iter: 6_000);

    [Fact]
    public void Mutated_maps_with_the_drivers_of_the_binary() =>
        Gen.Select(AnyOf.Items(Seeds), Gen.Select(Gen.Int[0, 4000], Gen.Int[0, 12], AnyOf.Items(Pieces)).Array[1, 3]).Sample((seed, edits) =>
        {
            var text = edits.Aggregate(seed, (t, e) => string.Concat(t.AsSpan(0, Math.Min(e.Item1, t.Length)), e.Item3, t.AsSpan(Math.Min(Math.Min(e.Item1, t.Length) + e.Item2, t.Length))));
            var (map, faults) = Composition.MapFile.Parse("map", text, ".", _ => "1");
            Assert.Equal(map is null, faults.Count > 0);
            foreach (var fault in faults) Assert.NotEmpty(Faults.FaultLanguage.Say(fault.Message, Language.MessageLanguage.Chinese));
        }, iter: 2_000);

    [Fact]
    public void Every_prefix_of_a_map()
    {
        foreach (var seed in Seeds.Where(s => s.Length < 1500))
        {
            for (var length = 0; length <= seed.Length; length += 7) Hold(seed[..length]);
        }
    }

    private static void Hold(string text)
    {
        var reading = Maps.Read(text, "m");
        Assert.True((reading.Plant is null) == (reading.Faults.Count > 0));
        var source = new SourceText("m", text);
        foreach (var fault in reading.Faults)
        {
            Assert.InRange(fault.Mark.Line, 1, source.LineCount);
            Assert.InRange(fault.Mark.Column, 1, source.Line(fault.Mark.Line).Length + 1);
            Assert.NotEmpty(fault.Message);
            Assert.DoesNotContain('\n', fault.Message);
            Assert.DoesNotContain("geheim-4711", fault.Message, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("geheim-4711", reading.EffectiveMap, StringComparison.Ordinal);
    }
}
