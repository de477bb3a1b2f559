using System.Xml.Linq;
using Architecture.Tests.Rules;
using Architecture.Tests.Tree;

namespace Architecture.Tests;

/// <summary>This repository under every rule. That the rules can fail is shown beside them.</summary>
public class TreeTests
{
    private static IEnumerable<string> Sources(string area) => Repository.Files.Where(f => f.StartsWith(area + "/", StringComparison.Ordinal) && f.EndsWith(".cs", StringComparison.Ordinal));

    private static IEnumerable<string> BuildFiles => Repository.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal) || f.EndsWith(".props", StringComparison.Ordinal) || f.EndsWith(".targets", StringComparison.Ordinal));

    private static void Holds(IEnumerable<string> broken)
    {
        var all = string.Join('\n', broken);
        if (all.Length > 0) Assert.Fail(all);
    }

    [Fact]
    public void The_tree_is_found()
    {
        Assert.Contains("src/EdgeGateway.Records/EdgeGateway.Records.csproj", Repository.Files);
        Assert.Contains(Repository.Projects, p => p.Name == "EdgeGateway.Records" && p.Floor == 0);
        Assert.DoesNotContain(Repository.Files, f => f.Contains("/bin/", StringComparison.Ordinal) || f.Contains("/obj/", StringComparison.Ordinal));
    }

    [Fact]
    public void References_go_to_lower_floors() => Holds(FloorRule.Broken(Repository.Projects));

    [Fact]
    public void The_simulator_stands_apart() => Holds(SimulatorRule.Broken(Repository.Projects));

    [Fact]
    public void The_solution_lists_every_project() => Holds(SolutionRule.Broken(Repository.Read("EdgeGateway.sln"), [.. Repository.Projects.Select(p => p.Path)]));

    [Fact]
    public void Names_say_what_things_are() => Holds(NameRule.Broken(Repository.Files));

    [Fact]
    public void Source_files_stay_small() => Holds(Sources("src").Concat(Sources("firmware-sim")).SelectMany(f => SourceRule.TooLong(f, Repository.Read(f))));

    [Fact]
    public void A_namespace_is_its_folder() => Holds(
        from project in Repository.Projects
        from file in Sources(project.Area)
        where file.StartsWith(project.Folder + "/", StringComparison.Ordinal)
        from broken in SourceRule.Misplaced(project, file, Repository.Read(file))
        select broken);

    [Fact]
    public void Every_package_is_used_and_explained()
    {
        var used = BuildFiles.SelectMany(f => XDocument.Parse(Repository.Read(f)).Descendants("PackageReference").Select(e => e.Attribute("Include")?.Value).OfType<string>());
        Holds(PackageRule.Broken(Repository.Read("Directory.Packages.props"), Repository.Read("docs/dependencies.md"), used.ToHashSet()));
    }

    [Fact]
    public void A_silenced_warning_has_a_reason() =>
        Holds(BuildFiles.Concat(Sources("src")).Concat(Sources("firmware-sim")).Concat(Sources("tests")).SelectMany(f => SuppressionRule.Broken(f, Repository.Read(f))));

    [Fact]
    public void No_file_names_a_private_place() => Holds(Repository.TextFiles.SelectMany(f => PlaceRule.Broken(f, Repository.Read(f))));

    [Fact]
    public void The_aot_compiler_comes_only_while_publishing() => Holds(BuildFiles.SelectMany(f => AotRule.Broken(f, Repository.Read(f))));

    [Fact]
    public void The_licence_is_apache_2()
    {
        var licence = Repository.Read("LICENSE");
        Assert.Contains("Apache License", licence, StringComparison.Ordinal);
        Assert.Contains("Version 2.0, January 2004", licence, StringComparison.Ordinal);
        Assert.Contains("END OF TERMS AND CONDITIONS", licence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_product_project_is_compiled_under_the_bar()
    {
        var projects = Repository.Projects.Where(p => p.Area is "src" or "firmware-sim").Select(p => p.Path);
        var broken = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Parallel.ForEachAsync(projects, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken }, async (project, token) =>
        {
            foreach (var fault in BuildRule.Broken(await Evaluation.OfAsync(project, token))) broken.Add(fault);
        });
        Holds(broken.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_build_does_not_ask_where_the_clone_lies() =>
        Assert.DoesNotContain(BuildFiles, f => Repository.Read(f).Contains("(MSBuildProjectDirectory.", StringComparison.Ordinal));

    [Fact]
    public void A_banned_symbol_stops_the_build() =>
        Assert.Contains("dotnet_diagnostic.RS0030.severity = error", Repository.Read(".editorconfig"), StringComparison.Ordinal);

    [Theory]
    [InlineData("build/BannedSymbols.txt", "P:System.DateTime.UtcNow")]
    [InlineData("build/BannedSymbols.txt", "P:System.DateTimeOffset.UtcNow")]
    [InlineData("build/BannedSymbols.txt", "T:System.Diagnostics.Stopwatch")]
    [InlineData("build/BannedSymbols.txt", "M:System.Threading.Thread.Sleep(System.Int32)")]
    [InlineData("build/BannedSymbols.txt", "M:System.Double.Parse(System.String)")]
    [InlineData("build/BannedSymbols.PureFloors.txt", "N:System.Net.Sockets")]
    [InlineData("build/BannedSymbols.PureFloors.txt", "T:System.IO.File")]
    [InlineData("build/BannedSymbols.PureFloors.txt", "T:System.TimeProvider")]
    public void What_must_be_banned_is_banned(string file, string symbol) =>
        Assert.Contains(Repository.Read(file).Split('\n'), l => l.StartsWith(symbol + ";", StringComparison.Ordinal));
}
