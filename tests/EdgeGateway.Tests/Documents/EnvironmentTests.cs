using System.Text.RegularExpressions;

namespace EdgeGateway.Tests.Documents;

/// <summary>Every variable that the program reads from its environment stands in the documents, in both languages.</summary>
public sealed partial class EnvironmentTests
{
    [Fact]
    public void Every_variable_that_is_read_is_documented_in_both_languages()
    {
        var sources = Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/node_modules/", StringComparison.Ordinal))
            .Select(File.ReadAllText).Where(t => t.Contains("GetEnvironmentVariable", StringComparison.Ordinal) || t.Contains("Func<string, string?> environment", StringComparison.Ordinal)).ToList();
        // Names in capitals in every file that reads the environment, whichever way the name comes to the call.
        var read = sources.SelectMany(t => Name().Matches(t)).Select(m => m.Groups[1].Value).Distinct().Except(NotOfTheEnvironment).Order(StringComparer.Ordinal).ToArray();
        Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { "EDGEGATEWAY_JOURNAL", "EDGEGATEWAY_HOST_ROOT", "NOTIFY_SOCKET", "WATCHDOG_USEC", "JOURNAL_STREAM", "NO_COLOR", "LC_ALL" }, read.ToHashSet(StringComparer.Ordinal));
        foreach (var document in new[] { "docs/operations.md", "docs/operations.zh-CN.md" })
        {
            var text = File.ReadAllText(Path.Combine(Repository.Root, document));
            var missing = read.Where(n => !text.Contains($"`{n}`", StringComparison.Ordinal)).ToArray();
            Assert.True(missing.Length == 0, $"{document} says nothing of {string.Join(", ", missing)}");
        }
    }

    /// <summary>Fields of the journal, and word orders that <c>decode</c> prints.</summary>
    private static readonly string[] NotOfTheEnvironment = ["MESSAGE", "PRIORITY", "SYSLOG_IDENTIFIER", "EDGEGATEWAY_PART", "EDGEGATEWAY_", "ABCD", "CDAB", "BADC", "DCBA", "TYPE", "ORDER", "VALUE"];

    [GeneratedRegex("\"([A-Z][A-Z0-9_]{3,})\"")]
    private static partial Regex Name();
}
