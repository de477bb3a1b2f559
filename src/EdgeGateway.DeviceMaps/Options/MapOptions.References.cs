using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.Metering.Carbon;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.DeviceMaps.Options;

public static partial class MapOptions
{
    /// <summary>Every place of a reference set's file with the options that may stand there.</summary>
    public static IReadOnlyList<MapSection> ReferenceSections =>
    [
        new("", "A set of coefficients or factors.", ReferenceFile.Table),
        new("citation", ReferenceFile.Citation.Doc, ReferenceRow.Citation),
        new("rows", ReferenceFile.Rows.Doc, ReferenceRow.Table),
    ];

    /// <summary>A set's file.</summary>
    public static class ReferenceFile
    {
        /// <summary>Name.</summary>
        public static Option<string> Set { get; } = OptionOf.Text("set", "Name of the set; its file is called so.", required: true, check: MapNames.Wrong);

        /// <summary>Edition.</summary>
        public static Option<long> Edition { get; } = OptionOf.Integer("edition", "Raised whenever a row is changed; records name it.", 1, 1_000_000, required: true);

        /// <summary>Title.</summary>
        public static Option<string> Title { get; } = OptionOf.Text("title", "What it is, for people.", required: true, check: Filled);

        /// <summary>Other sets.</summary>
        public static Option<IReadOnlyList<string>> Includes { get; } = OptionOf.Texts("includes", "Sets whose rows hold where this one has none.");

        /// <summary>Chosen kinds.</summary>
        public static Option<MapTable> Choices { get; } = OptionOf.Table("choices", "table of carriers", "Which kind of a carrier holds where there are several, such as natural_gas: oil_field.");

        /// <summary>Citation for all rows.</summary>
        public static Option<MapTable> Citation { get; } = OptionOf.Table("citation", "table", "What holds of every row that does not say otherwise itself.");

        /// <summary>Rows.</summary>
        public static Option<MapList> Rows { get; } = new("rows", "list of tables", (node, faults) =>
        {
            if (node is MapList list) return (true, list);
            if (node is not MapRefused) faults.Add(node.Mark, "rows: expected a list of rows, each behind '- '.");
            return (false, null!);
        }, "Coefficients and factors, each with its whole citation.", required: true);

        /// <summary>All of them.</summary>
        public static OptionTable Table { get; } = new("reference set", [Set, Edition, Title, Includes, Choices, Citation, Rows]);
    }

    /// <summary>A row of a set.</summary>
    public static class ReferenceRow
    {
        /// <summary>Carrier.</summary>
        public static Option<Carrier> Carrier { get; } = OptionOf.Choice("carrier", "What flows.", [.. Carriers.All.Select(c => (c.Word(), c))], required: true);

        /// <summary>Kind of the carrier.</summary>
        public static Option<string> Variant { get; } = OptionOf.Text("variant", "Which of several kinds of the carrier, such as oil_field.");

        /// <summary>Use.</summary>
        public static Option<ReferenceUse> Use { get; } = OptionOf.Choice("use", "What it is for.", ReferenceUses.All, required: true);

        /// <summary>Value.</summary>
        public static Option<ExactDecimal> Value { get; } = OptionOf.Decimal("value", "The number as it is printed; or ncv, carbon_content and oxidation instead.", check: NotNegative);

        /// <summary>Unit.</summary>
        public static Option<UnitQuotient> Unit { get; } = Quotient("unit", "Unit of the value, such as kgce/kWh or kgCO2/kWh; it says in what the carrier must be counted.", required: true);

        /// <summary>Calorific value.</summary>
        public static Option<ExactDecimal> Ncv { get; } = OptionOf.Decimal("ncv", "Net calorific value of a fuel, in ncv_unit.", check: NotNegative);

        /// <summary>Its unit.</summary>
        public static Option<UnitQuotient> NcvUnit { get; } = Quotient("ncv_unit", "Its unit, such as GJ/t or GJ/10⁴Nm³.");

        /// <summary>Carbon content.</summary>
        public static Option<ExactDecimal> CarbonContent { get; } = OptionOf.Decimal("carbon_content", "Carbon in a fuel, tC/GJ.", check: NotNegative);

        /// <summary>Oxidation.</summary>
        public static Option<ExactDecimal> Oxidation { get; } = OptionOf.Decimal("oxidation", "Share of the carbon that burns, %.", check: o => o.ToDouble() is > 0 and <= 100 ? null : "a share is above 0 and at most 100.");

        /// <summary>Source.</summary>
        public static Option<string> Source { get; } = OptionOf.Text("source", "Who says so, and how it was read.", required: true, check: Filled);

        /// <summary>Document.</summary>
        public static Option<string> Document { get; } = OptionOf.Text("document", "The document and its number.", required: true, check: Filled);

        /// <summary>Year.</summary>
        public static Option<long> Year { get; } = OptionOf.Integer("year", "The year that the number describes, or that of the edition.", 1990, 2100, required: true);

        /// <summary>Region.</summary>
        public static Option<string> Region { get; } = OptionOf.Text("region", "Where it holds, such as CN or CN-GD.", required: true, check: Filled);

        /// <summary>Verified.</summary>
        public static Option<bool> Verified { get; } = new("verified", "true | false", (node, faults) => OptionReaders.Boolean(node, faults, "verified"),
            "True where the number was read in an official text or a page that quotes it; records that rest on another one say so.", required: true, choices: ["true", "false"]);

        /// <summary>First day.</summary>
        public static Option<DateOnly> From { get; } = Date("from", "First day on which it may be used: that of publication or of coming into force.", required: true);

        /// <summary>Day after the last.</summary>
        public static Option<DateOnly> To { get; } = Date("to", "The day from which it may not be used any more; without it, it goes on.");

        /// <summary>Derivation.</summary>
        public static Option<string> Derivation { get; } = OptionOf.Text("derivation", "How the value was worked out, where it is not printed.");

        /// <summary>Origin.</summary>
        public static Option<string> Set { get; } = OptionOf.Text("set", "Set that the row was included from; written by the gateway.");

        /// <summary>What a citation may say.</summary>
        public static OptionTable Citation { get; } = new("citation", [Use, Source, Document, Year, Region, Verified, From, To]);

        /// <summary>All of them.</summary>
        public static OptionTable Table { get; } = new("reference row", [Carrier, Variant, Use, Value, Unit, Ncv, NcvUnit, CarbonContent, Oxidation, Source, Document, Year, Region, Verified, From, To, Derivation, Set]);
    }

    private static string? Filled(string text) => text.Trim().Length == 0 ? "nothing is written." : null;

    private static string? NotNegative(ExactDecimal value) => value.Mantissa < 0 ? "it is negative." : null;

    private static Option<UnitQuotient> Quotient(string key, string doc, bool required = false) => new(key, "unit/unit", (node, faults) =>
    {
        if (node is MapText text && UnitQuotient.TryParse(text.Value, out var unit)) return (true, unit);
        if (node is MapText wrong) faults.Add(node.Mark, $"{key}: unknown unit '{wrong.Value}': write one unit per another, such as kgce/kWh, kgCO2/kg or GJ/t.");
        else if (node is not MapRefused) faults.Add(node.Mark, $"{key}: expected a unit per another, such as kgce/kWh.");
        return (false, default);
    }, doc, required: required, shape: new(ValueKind.Text));

    private static Option<DateOnly> Date(string key, string doc, bool required = false) => new(key, "date", (node, faults) =>
    {
        if (node is MapText text && DateOnly.TryParseExact(text.Value, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day)) return (true, day);
        if (node is not MapRefused) faults.Add(node.Mark, $"{key}: expected a date, written 2025-12-31.");
        return (false, default);
    }, doc, required: required, shape: new(ValueKind.Text));
}
