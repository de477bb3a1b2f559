using System.Text;

namespace EdgeGateway.DeviceMaps.Options;

/// <summary>Renders every option of the map language as a page, from the same descriptors that bind the map.</summary>
public static class OptionReference
{
    /// <summary>The page in Markdown, with LF line ends; the same for the same schemas.</summary>
    /// <param name="drivers">Schemas of the registered drivers.</param>
    /// <param name="publishers">Schemas of the registered publishers.</param>
    public static string Markdown(IReadOnlyList<DriverSchema> drivers, IReadOnlyList<PublisherSchema> publishers)
    {
        var page = new StringBuilder("# Options of a map\n\nMade from the option descriptors; do not edit. "
            + "Durations are written with their unit (500ms, 5s, 2min, 1h, 1d), measures too (75 kW). "
            + "Values may hold `${env:NAME}` or `${file:/path}`, below gateway, store, connections and publish. "
            + "Names of connections, devices, points, units and publishers are letters of any script, digits, `_` and `-`, at most 64 characters.\n");
        foreach (var section in MapOptions.Sections) Section(page, "##", section);
        foreach (var driver in drivers)
        {
            page.Append("\n## Driver `").Append(driver.Key).Append("`\n");
            foreach (var section in MapOptions.SectionsOf(driver)) Section(page, "###", section);
        }
        foreach (var publisher in publishers)
        {
            page.Append("\n## Publisher `").Append(publisher.Key).Append("`\n");
            Section(page, "###", MapOptions.SectionOf(publisher));
        }
        page.Append("\n## Device templates\n");
        foreach (var section in MapOptions.TemplateSections) Section(page, "###", section, "The file");
        page.Append("\n## Reference sets\n");
        foreach (var section in MapOptions.ReferenceSections) Section(page, "###", section, "The file");
        return page.ToString();
    }

    private static void Section(StringBuilder page, string level, MapSection section, string root = "The map")
    {
        if (section.Options.Items.Count == 0) return;
        page.Append('\n').Append(level).Append(' ').Append(section.Path.Length == 0 ? root : $"`{section.Path}`").Append("\n\n").Append(section.Doc).Append("\n\n");
        page.Append("| Key | Type | Unit | Default | Required | Meaning |\n|---|---|---|---|---|---|\n");
        foreach (var option in section.Options.Items)
        {
            Cell(page, $"`{option.Key}`");
            Cell(page, option.Type);
            Cell(page, option.Unit ?? "");
            Cell(page, option.DefaultText is { Length: > 0 } value ? $"`{value}`" : "");
            Cell(page, option.Required ? "yes" : "");
            Cell(page, option.Doc);
            page.Append("|\n");
        }
    }

    private static void Cell(StringBuilder page, string text)
    {
        page.Append('|');
        if (text.Length > 0) page.Append(' ').Append(text.Replace("|", "\\|", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal));
        page.Append(' ');
    }
}
