using System.Xml.Linq;

namespace Architecture.Tests.Rules;

/// <summary>The AOT compiler comes in only while publishing: set without a condition, every plain restore downloads it.</summary>
internal static class AotRule
{
    public static IEnumerable<string> Broken(string file, string xml) =>
        from element in XDocument.Parse(xml).Descendants("PublishAot")
        where !element.AncestorsAndSelf().Any(e => e.Attribute("Condition")?.Value.Contains("publish", StringComparison.OrdinalIgnoreCase) == true)
        select $"{file} sets PublishAot to {element.Value} outside publishing";
}
