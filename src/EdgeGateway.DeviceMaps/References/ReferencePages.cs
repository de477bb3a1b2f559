using System.Globalization;
using System.Text;
using EdgeGateway.Metering.Carbon;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.DeviceMaps.References;

/// <summary>Pages made from the tables in the code and from the sets: nothing in them is written by hand.</summary>
public static class ReferencePages
{
    /// <summary>Every figure that a record may carry.</summary>
    public static string Figures()
    {
        var page = new StringBuilder("# Figures of a record\n\nMade from the program; do not edit: `edgegateway reference --of figures`. Names are those of payloads. What each rests on is explained in [carbon.md](carbon.md).\n\n| Name | Unit | Meaning |\n|---|---|---|\n");
        foreach (var figure in Records.Windows.Figures.All) page.Append(CultureInfo.InvariantCulture, $"| `{figure.Word}` | {figure.Unit} | {figure.Doc} |\n");
        page.Append("\n## Carriers\n\n| Name | Chinese | Counted in |\n|---|---|---|\n");
        foreach (var carrier in Carriers.All)
        {
            var dimensions = carrier.MeasuredIn().ToArray();
            var units = UnitsOfMeasure.Symbols.Where(s => UnitsOfMeasure.TryParse(s, out var unit) && Array.Exists(dimensions, d => unit.ToBaseOf(d) is not null));
            page.Append(CultureInfo.InvariantCulture, $"| `{carrier.Word()}` | {carrier.Chinese()} | {string.Join(", ", units)} |\n");
        }
        return page.ToString();
    }

    /// <summary>Every row of the sets given.</summary>
    public static string Factors(IEnumerable<ReferenceSet> sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        var page = new StringBuilder("# Coefficients and factors in the binary\n\nMade from the sets; do not edit: `edgegateway reference --of factors`. A set of your own beside the map comes first. *Verified* says that the number was read in an official text, or a page that quotes one; compare the others with theirs before you report by them.\n");
        foreach (var set in sets)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {set.Name}, edition {set.Edition}\n\n{set.Title}.\n\n| Carrier | Use | Value | Of | Region | From | To | Verified | Document | Source |\n|---|---|---|---|---|---|---|---|---|---|\n");
            foreach (var row in set.Rows.Where(r => r.Set == set.Name))
            {
                var value = $"{row.Value} {row.Unit}{(row.Derivation.Length > 0 ? $" ({row.Derivation})" : "")}";
                page.Append(CultureInfo.InvariantCulture, $"| {row.Carrier.Word()}{(row.Variant.Length > 0 ? " " + row.Variant : "")} | {row.Use.Word()} | {value} | {row.Year} | {row.Region} | {row.From:yyyy-MM-dd} | {row.To:yyyy-MM-dd} | {(row.Verified ? "yes" : "no")} | {row.Document} | {row.Source} |\n");
            }
            var included = set.Rows.Select(r => r.Set).Where(s => s != set.Name).Distinct().ToArray();
            if (included.Length > 0) page.Append(CultureInfo.InvariantCulture, $"\nIncludes {string.Join(", ", included)}.\n");
        }
        return page.ToString();
    }
}
