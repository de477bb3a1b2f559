namespace Architecture.Tests.Rules;

public class PackageRuleTests
{
    private const string Props = """<Project><ItemGroup><PackageVersion Include="A.B" Version="1.2.3" /></ItemGroup></Project>""";
    private const string Page = "| package | version | for | why | licence | AOT |\n|---|---|---|---|---|---|\n| `A.B` | 1.2.3 | x | y | MIT | clean |\n";
    private static readonly HashSet<string> _used = ["A.B"];

    [Fact]
    public void Used_and_explained_passes() => Assert.Empty(PackageRule.Broken(Props, Page, _used));

    [Theory]
    [InlineData("", "no row")]
    [InlineData("| `A.B` | 1.2.4 | x | y | MIT | clean |", "says A.B 1.2.4")]
    [InlineData("| `A.B` | 1.2.3 | x |  | MIT | clean |", "filled cells")]
    [InlineData("| `A.B` | 1.2.3 | x | y |", "filled cells")]
    public void A_poor_page_is_refused(string page, string reason) => Assert.Contains(reason, Assert.Single(PackageRule.Broken(Props, page, _used)), StringComparison.Ordinal);

    [Fact]
    public void An_unused_package_is_refused() => Assert.Contains("nothing references", Assert.Single(PackageRule.Broken(Props, Page, new HashSet<string>())), StringComparison.Ordinal);

    [Fact]
    public void A_stale_row_is_refused() =>
        Assert.Contains("not used", Assert.Single(PackageRule.Broken(Props, Page + "| `C` | 1 | x | y | MIT | clean |\n", _used)), StringComparison.Ordinal);

    [Fact]
    public void A_package_without_a_version_is_refused() =>
        Assert.Contains("without a central version", Assert.Single(PackageRule.Broken(Props, Page, new HashSet<string> { "A.B", "C" })), StringComparison.Ordinal);
}
