using System.Text.RegularExpressions;
using EdgeGateway.Metering.Carbon;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Dashboard.Tests;

/// <summary>Whatever word the gateway may say, the page has it in both languages.</summary>
public sealed partial class WordsTests
{
    private static readonly string Source = Path.Combine(EdgeGateway.Tests.Repository.Root, "src/EdgeGateway.Dashboard/ui/src");

    [Fact]
    public void Every_word_of_the_gateway_is_written_in_both_languages()
    {
        var codes = Words("codes.ts");
        var table = Words("words.ts");
        string[] said =
        [
            .. Enum.GetValues<FigureId>().Select(f => f.Word()),
            .. Enum.GetValues<FigureReason>().Select(r => r.Word()).OfType<string>(),
            .. Enum.GetValues<Quality>().Select(q => q.Word()),
            .. Enum.GetValues<MachineState>().Select(s => s.Word()),
            .. Enum.GetValues<Basis>().Select(b => b.Word()),
            .. Enum.GetValues<EventKind>().Select(e => e.Word()),
            .. Enum.GetValues<ReferenceUse>().Select(u => u.Word()),
            .. Carriers.All.Select(c => c.Word()),
            .. Alarms(),
        ];
        var missing = said.Distinct().Where(w => !codes.Contains(w) && !table.Contains(w)).ToArray();
        Assert.True(missing.Length == 0, "The page has no words for: " + string.Join(' ', missing));
        var flags = Enum.GetValues<WindowFlags>().SelectMany(f => f.Names()).Distinct().Where(w => !codes.Contains("flag_" + w) && !codes.Contains(w)).ToArray();
        Assert.True(flags.Length == 0, "The page has no words for: " + string.Join(' ', flags));
    }

    [Fact]
    public void Every_verb_of_the_audit_is_written_in_both_languages()
    {
        var source = Path.Combine(EdgeGateway.Tests.Repository.Root, "src");
        var verbs = Directory.GetFiles(source, "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).SelectMany(f => Verb().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value).Distinct().ToArray();
        Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { "replace", "trust_clock", "quarantine_drop", "plan" }, verbs.ToHashSet(StringComparer.Ordinal));
        var codes = Words("codes.ts");
        var missing = verbs.Where(v => !codes.Contains(v)).ToArray();
        Assert.True(missing.Length == 0, "The page has no words for: " + string.Join(' ', missing));
    }

    [Fact]
    public void What_a_device_refuses_with_is_said_in_Chinese_too()
    {
        var words = File.ReadAllText(Path.Combine(Source, "words.ts"));
        foreach (var code in Enum.GetValues<EdgeGateway.Modbus.Pdu.ExceptionCode>().Where(c => c != 0))
        {
            Assert.StartsWith(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"exception {(int)code}, "), EdgeGateway.Modbus.Pdu.ExceptionCodeWords.Word(code), StringComparison.Ordinal);
            Assert.Matches($@"\b{(int)code}: '\p{{IsCJKUnifiedIdeographs}}", words);
        }
    }

    [Fact]
    public void Both_languages_are_really_two()
    {
        foreach (var file in new[] { "codes.ts", "words.ts" })
        {
            foreach (Match pair in Pair().Matches(File.ReadAllText(Path.Combine(Source, file))))
            {
                Assert.True(pair.Groups[1].Value == "language" || Han().IsMatch(pair.Groups[2].Value), $"{pair.Groups[1].Value} has no Chinese");
                Assert.True(pair.Groups[1].Value == "language" || !Han().IsMatch(pair.Groups[3].Value), $"{pair.Groups[1].Value} has no English");
            }
        }
    }

    /// <summary>Codes of alarms, as the source that raises them has them.</summary>
    private static IEnumerable<string> Alarms()
    {
        var health = Path.Combine(EdgeGateway.Tests.Repository.Root, "src/EdgeGateway.Dashboard");
        var raised = Directory.GetFiles(health, "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).SelectMany(f => Raised().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value).Distinct().ToArray();
        Assert.True(raised.Length >= 7, string.Join(' ', raised));
        return raised;
    }

    private static HashSet<string> Words(string file) => [.. Pair().Matches(File.ReadAllText(Path.Combine(Source, file))).Select(m => m.Groups[1].Value)];

    [GeneratedRegex("""(?<=[\s{,'])([A-Za-z0-9_]+)'?: \[(?:'([^']*)'|"[^"]*"), (?:'([^']*)'|"[^"]*")\]""")]
    private static partial Regex Pair();

    [GeneratedRegex("(?:Verb = |SayAsync\\(|AuditAsync\\(|Word\\()\"([a-z_]+)\"")]
    private static partial Regex Verb();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();

    [GeneratedRegex(@"(?:new\(|new Alarm\()""([a-z_]+)"", (?:Alarms\.)?(?:Stop|Fault|Note)\b")]
    private static partial Regex Raised();
}
