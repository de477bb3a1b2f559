using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.DeviceMaps.Tests;

public sealed class OptionReferenceTests
{
    private static readonly string Page = OptionReference.Markdown(TestSchemas.Drivers, TestSchemas.Publishers);

    [Fact]
    public void Every_option_has_one_row_of_six_cells()
    {
        var rows = Page.Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal)).ToList();
        var sections = MapOptions.Sections.Concat(TestSchemas.Drivers.SelectMany(MapOptions.SectionsOf)).Concat(TestSchemas.Publishers.Select(MapOptions.SectionOf)).Concat(MapOptions.TemplateSections).Concat(MapOptions.ReferenceSections);
        Assert.Equal(sections.SelectMany(s => s.Options.Items).Select(o => o.Key), rows.Select(r => r.Split('`')[1]));
        Assert.All(rows, r => Assert.Equal(8, r.Replace("\\|", "", StringComparison.Ordinal).Split('|').Length));
    }

    [Fact]
    public void A_row_says_it_all()
    {
        Assert.Contains("| `port` | integer 1 to 65535 | | `502` | | TCP port. |\n", Page, StringComparison.Ordinal);
        Assert.Contains("| `kind` | one of gauge \\| counter \\| state \\| text | | `gauge` | | ", Page, StringComparison.Ordinal);
        Assert.Contains("| `id` | text | | | yes | ", Page, StringComparison.Ordinal);
        Assert.Contains("\n## Driver `bench`\n\n### `connections.NAME.bench`\n", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_of_the_catalogue_are_well_formed()
    {
        foreach (var section in MapOptions.Sections)
        {
            Assert.Equal(section.Options.Items.Count, section.Options.Items.Select(o => o.Key).Distinct().Count());
            Assert.All(section.Options.Items, o =>
            {
                Assert.Matches("^[a-z][a-z0-9_]*$", o.Key);
                Assert.EndsWith(".", o.Doc, StringComparison.Ordinal);
                Assert.Equal(o.DefaultText is null, o.DefaultValue is null);
                Assert.False(o.Required && o.DefaultText is not null);
            });
        }
    }

    [Fact]
    public void A_driver_that_takes_a_common_key_is_found()
    {
        Assert.All(TestSchemas.Drivers, d => Assert.Empty(MapOptions.Clashes(d)));
        var clashing = TestSchemas.Driver with { Device = new("x", [OptionOf.Integer("max_gap", "x.", 0, 1)]), Point = new("x", [OptionOf.Text("unit", "x.")]) };
        Assert.Equal(["devices.NAME.max_gap", "devices.NAME.points.NAME.unit"], MapOptions.Clashes(clashing));
    }
}
