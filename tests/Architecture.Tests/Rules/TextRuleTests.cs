namespace Architecture.Tests.Rules;

public class TextRuleTests
{
    [Theory]
    [InlineData("#pragma warning " + "disable CA1000\n")]
    [InlineData("x\n#pragma warning " + "disable CA1000\n// too late")]
    [InlineData("    [" + "SuppressMessage(\"A\", \"B\")]\n")]
    [InlineData("[" + "SuppressMessage(\"A\", \"B\", Justification = \"\")]\n")]
    [InlineData("<PropertyGroup>\n<" + "NoWarn>CA1000</NoWarn>")]
    public void A_bare_suppression_is_refused(string text) => Assert.Single(SuppressionRule.Broken("f", text));

    [Theory]
    [InlineData("#pragma warning " + "disable CA1000 // because")]
    [InlineData("// because\n    #pragma warning " + "disable CA1000")]
    [InlineData("#pragma warning " + "restore CA1000")]
    [InlineData("[" + "SuppressMessage(\"A\", \"B\",\n  Justification = \"because\")]\n")]
    [InlineData("<!-- because -->\n<" + "NoWarn>CA1000</NoWarn>")]
    public void A_reason_lets_it_pass(string text) => Assert.Empty(SuppressionRule.Broken("f", text));

    [Theory]
    [InlineData("work", "see /{0}/notes.md")]
    [InlineData("root", "\"/{0}/.config\"")]
    [InlineData("nuget", "https://api.{0}.example/v3/index.json")]
    [InlineData("npm", "\"resolved\": \"http://{0}.mirror.example/a.tgz\"")]
    [InlineData("packageSources", "<{0}>")]
    public void A_private_place_is_refused(string word, string text) => Assert.Single(PlaceRule.Broken("f", text.Replace("{0}", word, StringComparison.Ordinal)));

    [Theory]
    [InlineData("src/work/x, ~/root/x, framework/y")]
    [InlineData("/run/secrets/plc and /var/lib/edgegateway")]
    [InlineData("https://www.iso.org/standard/12.html")]
    public void Ordinary_places_pass(string text) => Assert.Empty(PlaceRule.Broken("f", text));

    [Theory]
    [InlineData("<Project><PropertyGroup><PublishAot>true</PublishAot></PropertyGroup></Project>", 1)]
    [InlineData("<Project><PropertyGroup><PublishAot Condition=\"'$(X)' == 'y'\">true</PublishAot></PropertyGroup></Project>", 1)]
    [InlineData("<Project><PropertyGroup Condition=\"'$(_IsPublishing)' == 'true'\"><PublishAot>true</PublishAot></PropertyGroup></Project>", 0)]
    [InlineData("<Project />", 0)]
    public void Aot_is_for_publishing(string xml, int broken) => Assert.Equal(broken, AotRule.Broken("f", xml).Count());

    [Fact]
    public void A_solution_lists_all_and_only_projects()
    {
        const string Solution = "Project(\"{T}\") = \"A\", \"src\\A\\A.csproj\", \"{1}\"\nEndProject\nProject(\"{T}\") = \"src\", \"src\", \"{2}\"\nEndProject\n";
        Assert.Empty(SolutionRule.Broken(Solution, ["src/A/A.csproj"]));
        Assert.Contains("not in the solution", Assert.Single(SolutionRule.Broken(Solution, ["src/A/A.csproj", "src/B/B.csproj"])), StringComparison.Ordinal);
        Assert.Contains("does not exist", Assert.Single(SolutionRule.Broken(Solution, [])), StringComparison.Ordinal);
        Assert.Contains("{1} twice", Assert.Single(SolutionRule.Broken(Solution.Replace("{2}", "{1}", StringComparison.Ordinal), ["src/A/A.csproj"])), StringComparison.Ordinal);
    }
}
