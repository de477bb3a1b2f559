using System.Globalization;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.References;
using EdgeGateway.Metering.Carbon;
using EdgeGateway.Metering.Output;
using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.DeviceMaps.Tests;

/// <summary>Every example of docs/carbon.md, by the sets in the binary.</summary>
public sealed class CarbonDocumentTests
{
    private static readonly string[] Page = File.ReadAllLines(RepositoryFolder.PathOf("docs/carbon.md"));

    public static TheoryData<int> Examples => [.. Page.Select((line, at) => (line, at)).Where(l => l.line == "```example").Select(l => l.at + 1)];

    [Fact]
    public void There_are_examples() => Assert.True(Examples.Count >= 14);

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_says_what_the_program_does(int line)
    {
        var lines = Page.Skip(line).TakeWhile(l => l != "```").Select(l => l.Split(' ')).ToArray();
        var record = new WindowRecord { Unit = 1, Kind = WindowKind.Hour, Start = At("2026-11-24") };
        foreach (var window in lines.Where(l => l[0] == "window")) record.Start = At(window[1]);
        (record.End, record.CoveredMicros) = (record.Start + UtcMicros.PerHour, UtcMicros.PerHour);
        record.BeginSegment(record.Start, record.End, SegmentCut.WindowEnd, null, default);
        var mixes = new SupplyMix[ReportFigures.MixCount];
        var output = new OutputPlan();
        CarbonPlan? plan = null;
        foreach (var words in lines)
        {
            if (words[0] == "sets") plan = Plan(words[1..]);
            else if (words[0] == "use") record.Add(Input(words));
            else if (words[0] == "site") mixes[(int)Input(words).Carrier].Add(Input(words));
            else if (words[0] == "price") output = output with { Price = [new Metering.Output.DatedPrice(long.MinValue, Number(words[1]))] };
            else if (words[0] == "added") output = output with { ValueAdded = [new Metering.Output.DatedPrice(long.MinValue, Number(words[1]))] };
            else if (words[0] == "made") Made(record, words);
        }
        ReportFigures.Add(record, plan, output, 1, 0.5, mixes, isSite: false);
        var expected = lines.Where(l => l[0] == "expect").ToArray();
        Assert.NotEmpty(expected);
        foreach (var words in expected)
        {
            var figure = record.FigureOf(Figures.All.Single(f => f.Word == words[1]).Id);
            Assert.True(figure is not null, words[1]);
            Assert.Equal($"{words[1]} {words[2]}", $"{words[1]} {figure.Value.Value?.ToString() ?? figure.Value.Reason.Word()}");
        }
        foreach (var words in lines.Where(l => l[0] == "flags")) Assert.Equal(words[1..], record.Flags.Names());
        Assert.All(lines, l => Assert.Contains(l[0], new[] { "sets", "window", "use", "site", "price", "added", "made", "expect", "flags" }));
    }

    private static CarbonPlan Plan(string[] words)
    {
        var shelf = new ReferenceShelf(null);
        var policy = ReferencePolicies.All.FirstOrDefault(p => words.Contains(p.Word)).Policy;
        var sets = words.Where(w => ReferencePolicies.All.All(p => p.Word != w)).Select(w => ReferenceReader.Read(w, shelf.Find(w)!.Document, n => shelf.Find(n)?.Document, shelf.Names, new FaultList())!).ToArray();
        ReferenceSet? Of(ReferenceUse use) => sets.FirstOrDefault(s => s.Rows.Any(r => r.Use == use));
        return new CarbonPlan(Of(ReferenceUse.CoalEquivalent), Of(ReferenceUse.Location), Of(ReferenceUse.Footprint), policy, ReferencePlans.DayStart("Asia/Shanghai"));
    }

    private static void Made(WindowRecord record, string[] words)
    {
        foreach (var (text, role) in words.Skip(1).Zip([InputRole.Good, InputRole.Scrap]))
        {
            record.Add(new WindowInput { Role = role, Unit = UnitOfMeasure.Piece, Sign = 1, T1 = long.Parse(text, CultureInfo.InvariantCulture) * 65_536, Step = ExactDecimal.One, Ratio = ExactDecimal.One });
        }
    }

    private static WindowInput Input(string[] words)
    {
        Assert.True(Carriers.TryParse(words[1], out var carrier) & UnitsOfMeasure.TryParse(words[3], out var unit));
        var role = words.Last() switch { "generated" => InputRole.Generated, "internal" => InputRole.Internal, "charged" or "discharged" => InputRole.Storage, _ => InputRole.Purchased };
        return new WindowInput { Carrier = carrier, Role = role, Unit = unit, Sign = (sbyte)(words.Last() is "sold" or "charged" ? -1 : 1), T1 = 65_536, Step = Number(words[2]), Ratio = ExactDecimal.One };
    }

    private static ExactDecimal Number(string text) => ExactDecimal.TryParse(text, out var number) ? number : throw new FormatException(text);

    private static long At(string day) => ReferencePlans.DayStart("Asia/Shanghai")(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture));
}
