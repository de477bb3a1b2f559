using System.Collections.Immutable;
using Architecture.Tests.Tree;

namespace Architecture.Tests.Rules;

public class BuildRuleTests
{
    private static readonly Evaluation _good = new("src/A/A.csproj", new Dictionary<string, string>
    {
        ["Floor"] = "0",
        ["Nullable"] = "enable",
        ["TreatWarningsAsErrors"] = "true",
        ["IsAotCompatible"] = "true",
        ["PublishAot"] = "",
        ["PackageLicenseExpression"] = "Apache-2.0",
    }.ToImmutableDictionary(), ["BannedSymbols.txt", "BannedSymbols.PureFloors.txt"]);

    [Fact]
    public void The_bar_passes() => Assert.Empty(BuildRule.Broken(_good));

    [Theory]
    [InlineData("Nullable", "disable")]
    [InlineData("TreatWarningsAsErrors", "false")]
    [InlineData("IsAotCompatible", "")]
    [InlineData("PublishAot", "true")]
    [InlineData("PackageLicenseExpression", "MIT")]
    public void A_lowered_bar_is_refused(string property, string value) => Assert.Single(BuildRule.Broken(_good with { Settings = _good.Settings.SetItem(property, value) }));

    [Fact]
    public void Banned_symbols_must_be_applied()
    {
        Assert.Single(BuildRule.Broken(_good with { AnalyzerFiles = ["BannedSymbols.txt"] }));
        Assert.Single(BuildRule.Broken(_good with { AnalyzerFiles = ["BannedSymbols.PureFloors.txt"] }));
        Assert.Empty(BuildRule.Broken(_good with { AnalyzerFiles = ["BannedSymbols.txt"], Settings = _good.Settings.SetItem("Floor", "3") }));
    }
}
