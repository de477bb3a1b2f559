using CsCheck;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.References;
using EdgeGateway.DeviceMaps.Sources;
using EdgeGateway.Metering.Carbon;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.DeviceMaps.Tests;

/// <summary>Sets of coefficients and factors: the shipped ones are whole, and a wrong one is refused with file and line.</summary>
public sealed class ReferenceSetTests
{
    private const string Citation = "citation: {use: location, source: test, document: D 1, year: 2023, region: CN, verified: true, from: 2025-01-01}\n";

    public static TheoryData<string> Shipped => [.. new ReferenceShelf(null).Names()];

    [Fact]
    public void There_are_shipped_sets() => Assert.Equal(["cn-footprint-2024", "cn-guangdong-2023", "cn-guide-fuels", "cn-national-2023", "cn-south-2023", "gbt2589-2020"], new ReferenceShelf(null).Names());

    [Theory]
    [MemberData(nameof(Shipped))]
    public void No_shipped_row_lacks_source_document_year_unit_region_validity_or_whether_it_is_verified(string name)
    {
        var shelf = new ReferenceShelf(null);
        var faults = new FaultList();
        var set = ReferenceReader.Read(name, shelf.Find(name)!.Document, n => shelf.Find(n)?.Document, shelf.Names, faults);
        Assert.Empty(faults.Ordered);
        Assert.NotEmpty(set!.Rows);
        foreach (var row in set.Rows)
        {
            Assert.All([row.Source, row.Document, row.Region, row.Set, row.Place], text => Assert.NotEqual("", text.Trim()));
            Assert.InRange(row.Year, 2000, 2026);
            Assert.InRange(row.From, new DateOnly(2015, 1, 1), new DateOnly(2026, 1, 1));
            Assert.True(row.Value.Mantissa > 0 && row.PerBase.Mantissa > 0);
            // What was not read in an official text says so in its source.
            Assert.Equal(row.Verified, row.Source.StartsWith("official notice", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("cn-national-2023", ReferenceUse.Location, 2021, "0.5568")]
    [InlineData("cn-national-2023", ReferenceUse.Location, 2022, "0.5366")]
    [InlineData("cn-national-2023", ReferenceUse.Location, 2023, "0.5306")]
    [InlineData("cn-national-2023", ReferenceUse.Market, 2023, "0.6096")]
    [InlineData("cn-south-2023", ReferenceUse.Location, 2023, "0.4042")]
    [InlineData("cn-guangdong-2023", ReferenceUse.Location, 2021, "0.4715")]
    [InlineData("cn-guangdong-2023", ReferenceUse.Location, 2022, "0.4403")]
    [InlineData("cn-guangdong-2023", ReferenceUse.Location, 2023, "0.4419")]
    [InlineData("cn-footprint-2024", ReferenceUse.Footprint, 2024, "0.5777")]
    [InlineData("gbt2589-2020", ReferenceUse.CoalEquivalent, 2020, "0.1229")]
    public void Electricity_of_the_shipped_sets(string name, ReferenceUse use, int year, string value) =>
        Assert.Equal(value, Assert.Single(Read(name).Rows, r => r.Carrier == Carrier.Electricity && r.Use == use && r.Year == year).Value.ToString());

    [Theory]
    [InlineData(Carrier.NaturalGas, "2.162")]
    [InlineData(Carrier.Diesel, "3.145")]
    [InlineData(Carrier.Petrol, "3.043")]
    [InlineData(Carrier.Lpg, "2.954")]
    [InlineData(Carrier.Lng, "2.325")]
    [InlineData(Carrier.FuelOil, "3.047")]
    [InlineData(Carrier.BituminousCoal, "2.072")]
    [InlineData(Carrier.Anthracite, "2.323")]
    public void Fuels_come_to_what_the_guides_formula_gives(Carrier carrier, string threePlaces)
    {
        var row = Assert.Single(Read("cn-guide-fuels").Rows, r => r.Carrier == carrier && r.Use == ReferenceUse.Combustion);
        Assert.Equal(threePlaces, row.Value.ToDouble().ToString("F3", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Contains("44/12", row.Derivation);
    }

    [Fact]
    public void Diesel_to_nine_places_by_hand() =>
        // 43.33 × 0.0202 × 0.98 × 44 / 12 = 3.1451224933… t/t.
        Assert.Equal("3.145122493", Assert.Single(Read("cn-guide-fuels").Rows, r => r.Carrier == Carrier.Diesel).Value.ToString());

    [Theory]
    [InlineData("- {carrier: electricity, value: 0.5, unit: kgCO2/kWh}", "citation: {use: location, document: D, year: 2023, region: CN, verified: true, from: 2025-01-01}\n", "own.yaml:6:3: 'source' is missing in row 'electricity': Who says so, and how it was read.")]
    [InlineData("- {carrier: electricity, value: 0.5, unit: kgCO2/kWh}", "citation: {use: location, source: s, document: D, year: 2023, region: CN, from: 2025-01-01}\n", "own.yaml:6:3: 'verified' is missing in row 'electricity': True where")]
    [InlineData("- {carrier: electricity, value: 0.5, unit: kgCO2/kWh}\n- {carrier: electricity, value: 0.6, unit: kgCO2/kWh, from: 2025-06-01}", Citation, "own.yaml:7:3: electricity: its validity from 2025-06-01 overlaps that of the row in own.yaml:6:3: give the earlier one 'to'.")]
    [InlineData("- {carrier: electricity, value: 0.5, unit: kgCO2/kwh}", Citation, "own.yaml:6:44: unit: unknown unit 'kgCO2/kwh': write one unit per another, such as kgce/kWh, kgCO2/kg or GJ/t.")]
    [InlineData("- {carrier: electricity, value: 0.5, unit: kgCO2e/kWh}", Citation, "own.yaml:6:44: unit: a row for location states kgCO2, not kgCO2e.")]
    [InlineData("- {carrier: electricity, value: 0.5, unit: kgCO2/m³}", Citation, "own.yaml:6:44: unit: electricity is not counted in m³.")]
    [InlineData("- {carrier: electricty, value: 0.5, unit: kgCO2/kWh}", Citation, "own.yaml:6:13: carrier: ")]
    [InlineData("- {carrier: electricity, unit: kgCO2/kWh}", Citation, "own.yaml:6:3: row 'electricity' needs either 'value', or 'ncv', 'ncv_unit', 'carbon_content' and 'oxidation'.")]
    [InlineData("- {carrier: diesel, use: combustion, unit: kgCO2/kg, ncv: 43.33, ncv_unit: GJ/t, oxidation: 98}", Citation, "own.yaml:6:3: 'carbon_content' is missing in row 'diesel'.")]
    [InlineData("- {carrier: diesel, use: combustion, unit: kgCO2/kg, ncv: 43.33, ncv_unit: kWh/t, carbon_content: 0.02, oxidation: 98}", Citation, "own.yaml:6:76: ncv_unit: kWh/t gives no kgCO2/kg")]
    [InlineData("- {carrier: electricity, value: -0.5, unit: kgCO2/kWh}", Citation, "own.yaml:6:33: value: it is negative.")]
    [InlineData("- {carrier: electricity, value: 0.5, unit: kgCO2/kWh, to: 2025-01-01}", Citation, "own.yaml:6:59: to: it is not after 'from'.")]
    [InlineData("- {carrier: electricity, value: 0.5, unit: kgCO2/kWh, from: 1.2.2025}", Citation, "own.yaml:6:61: from: expected a date, written 2025-12-31.")]
    [InlineData("- 5", Citation, "own.yaml:6:3: Expected a table of 'key: value' for a row.")]
    [InlineData("- {carrier: electricity, value: 0.5, unit: kgCO2/kWh}", "citation: {use: location, sorce: s, document: D, year: 2023, region: CN, verified: true, from: 2025-01-01, source: s}\n", "own.yaml:4:27: Unknown key 'sorce' in the citation; did you mean 'source'?")]
    public void A_wrong_row_is_refused_with_file_and_line(string rows, string citation, string fault)
    {
        var faults = new FaultList();
        Assert.Null(Own("set: own\nedition: 1\ntitle: t\n" + citation + "rows:\n" + rows, faults));
        Assert.StartsWith(fault, faults.Ordered[0].ToString());
    }

    [Fact]
    public void Own_rows_come_before_those_of_an_included_set_and_the_file_s_name_is_the_set_s()
    {
        var faults = new FaultList();
        var set = Own("set: own\nedition: 2\ntitle: our supplier\nincludes: gbt2589-2020\nchoices: {natural_gas: gas_field}\n" + Citation.Replace("location", "coal_equivalent")
            + "rows:\n- {carrier: electricity, value: 0.3, unit: kgce/kWh, from: 2020-01-01}", faults);
        Assert.Empty(faults.Ordered);
        Assert.Equal(("own/2", "0.3", "own"), (set!.Stamp, set.Rows.Single(r => r.Carrier == Carrier.Electricity).Value.ToString(), set.Rows.Single(r => r.Carrier == Carrier.Electricity).Set));
        Assert.Equal("gbt2589-2020", set.Rows.First(r => r.Carrier == Carrier.Diesel).Set);
        Assert.Equal("gas_field", set.VariantOf(ReferenceUse.CoalEquivalent, Carrier.NaturalGas));
        Assert.Null(Read("gbt2589-2020").VariantOf(ReferenceUse.CoalEquivalent, Carrier.NaturalGas));
        Assert.Null(Own("set: another\nedition: 1\ntitle: t\n" + Citation + "rows: []", faults));
        Assert.Contains("the file is called 'own', but the set 'another'", faults.Ordered[0].Message);
    }

    [Fact]
    public void Sets_that_include_each_other_are_refused()
    {
        var faults = new FaultList();
        MapDocument Ring(string name, string other) => new(name + ".yaml", $"set: {name}\nedition: 1\ntitle: t\nincludes: {other}\nrows: []");
        Assert.Null(ReferenceReader.Read("a", Ring("a", "b"), n => n == "b" ? Ring("b", "a") : null, () => ["a", "b"], faults));
        Assert.Contains("sets include each other: a → b → a", Assert.Single(faults.Ordered).Message);
    }

    [Fact]
    public void A_map_that_names_sets_is_stored_with_all_their_numbers()
    {
        const string map = "gateway: {id: t}\nmetering: {coefficients: gbt2589-2020, factors: cn-guangdong-2023, factor_year: activity_year}\n";
        var (loaded, faults) = MapFile.Parse("map.yaml", map, ".", _ => null);
        Assert.Empty(faults);
        var stored = MapFile.ParseStored(loaded!.Text, loaded.Registrations)!.Metering;
        Assert.Equal(ReferencePolicy.ActivityYear, stored.Policy);
        Assert.Equal(loaded.Plant.Metering.Factors!.Rows.Select(r => r with { Place = "" }), stored.Factors!.Rows.Select(r => r with { Place = "" }));
        Assert.Equal(loaded.Plant.Metering.Coefficients!.Rows.Select(r => r with { Place = "" }), stored.Coefficients!.Rows.Select(r => r with { Place = "" }));
        Assert.Contains("0.4419", loaded.Text);
    }

    [Fact]
    public void An_unknown_set_is_named_with_the_nearest_one()
    {
        var (_, faults) = MapFile.Parse("map.yaml", "gateway: {id: t}\nmetering: {factors: cn-guangdong-2032}\n", ".", _ => null);
        Assert.Equal("map.yaml:2:21: factors: there is no set 'cn-guangdong-2032'; did you mean 'cn-guangdong-2023'?", Assert.Single(faults).ToString());
    }

    [Fact]
    public void Whatever_is_written_in_a_set_never_throws()
    {
        var text = new ReferenceShelf(null).Find("cn-guide-fuels")!.Document.Text;
        var random = Gen.Select(Gen.Int[0, text.Length - 1], Gen.Int[0, 40], Gen.OneOf(Gen.Const(""), Gen.String[1, 6], Gen.Const("1e30"), Gen.Const("-"), Gen.Const("{")));
        random.Array[1, 3].Sample(cuts =>
        {
            var damaged = text;
            foreach (var (at, length, put) in cuts) damaged = string.Concat(damaged.AsSpan(0, Math.Min(at, damaged.Length)), put, damaged.AsSpan(Math.Min(damaged.Length, at + length)));
            var faults = new FaultList();
            var set = ReferenceReader.Read("cn-guide-fuels", new MapDocument("x.yaml", damaged), _ => null, () => [], faults);
            Assert.Equal(set is null, !faults.IsEmpty);
        }, iter: 2_000);
    }

    private static ReferenceSet Read(string name)
    {
        var shelf = new ReferenceShelf(null);
        return ReferenceReader.Read(name, shelf.Find(name)!.Document, n => shelf.Find(n)?.Document, shelf.Names, new FaultList())!;
    }

    private static ReferenceSet? Own(string text, FaultList faults)
    {
        var shelf = new ReferenceShelf(null);
        return ReferenceReader.Read("own", new MapDocument("own.yaml", text), n => shelf.Find(n)?.Document, shelf.Names, faults);
    }
}
