using Architecture.Tests.Tree;

namespace Architecture.Tests.Rules;

public class SourceRuleTests
{
    private static readonly ProjectFile _project = new("src/A.B/A.B.csproj", "A.B", 0, [], [], [], []);

    [Theory]
    [InlineData(350, false)]
    [InlineData(351, true)]
    public void Lines_are_counted(int lines, bool broken)
    {
        var text = string.Concat(Enumerable.Repeat("x\n", lines));
        Assert.Equal(broken, SourceRule.TooLong("a.cs", text).Any());
        Assert.Equal(broken, SourceRule.TooLong("a.cs", text.TrimEnd('\n')).Any());
    }

    [Theory]
    [InlineData("src/A.B/X.cs", "namespace A.B;")]
    [InlineData("src/A.B/C/D/X.cs", "using System;\n\nnamespace A.B.C.D;\n")]
    [InlineData("src/A.B/Program.cs", "return 0;")]
    public void The_folder_is_the_namespace(string file, string text) => Assert.Empty(SourceRule.Misplaced(_project, file, text));

    [Theory]
    [InlineData("src/A.B/C/X.cs", "namespace A.B;")]
    [InlineData("src/A.B/X.cs", "namespace A.B.C\n{\n}")]
    [InlineData("src/A.B/X.cs", "class X;")]
    public void Anything_else_is_refused(string file, string text) => Assert.Single(SourceRule.Misplaced(_project, file, text));

    [Theory]
    [InlineData("src/A/StringUtils.cs")]
    [InlineData("src/A.Common/X.cs")]
    [InlineData("src/A/Helpers/X.cs")]
    [InlineData("tests/A/BufferManager.cs")]
    [InlineData("src/A.Utilities/A.Utilities.csproj")]
    public void Vague_names_are_refused(string file) => Assert.Single(NameRule.Broken([file]));

    [Theory]
    [InlineData("src/A/Utilisation.cs")]
    [InlineData("src/A/Uncommon.cs")]
    [InlineData("docs/common-faults.md")]
    public void Names_that_only_look_vague_pass(string file) => Assert.Empty(NameRule.Broken([file]));
}
