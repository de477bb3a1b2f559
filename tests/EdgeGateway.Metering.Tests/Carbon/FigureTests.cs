using CsCheck;
using EdgeGateway.Metering.Carbon;
using EdgeGateway.Metering.Output;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Carbon;

/// <summary>Coal equivalent, carbon and figures per output: worked out by hand, and as properties.</summary>
public sealed class FigureTests
{
    [Fact]
    public void A_hundred_kilowatt_hours_and_forty_pieces_by_hand()
    {
        var record = new Rec().With(Carrier.Electricity, 100_000).Made(40, 10).State(Sets.Plan());
        Assert.Equal("12.29", Value(record, FigureId.CoalEquivalent));
        Assert.Equal("12.29", Value(record, Figures.Of(Carrier.Electricity)));
        Assert.Equal("44.19", Value(record, FigureId.Scope2Location));
        Assert.Equal("60.96", Value(record, FigureId.Scope2Market));
        Assert.Equal("44.19", Value(record, FigureId.Carbon));
        Assert.Equal("57.77", Value(record, FigureId.Footprint));
        Assert.Equal("0.30725", Value(record, FigureId.CoalEquivalentPerGood));
        Assert.Equal("0.2458", Value(record, FigureId.CoalEquivalentPerTotal));
        Assert.Equal("1.10475", Value(record, FigureId.CarbonPerGood));
        Assert.Equal("2.5", Value(record, FigureId.KilowattHoursPerGood));
        Assert.Null(record.FigureOf(FigureId.Scope1));
        Assert.Equal(("coal/1", "grid/1 latest_published", "footprint/1"), (record.Coefficients, record.Factors, record.Footprint));
        // The factor is of 2023, the window of 2026.
        Assert.Equal(WindowFlags.FactorYear, record.Flags);
    }

    [Fact]
    public void Fuel_is_scope_one_and_counts_only_in_the_unit_that_its_factor_speaks_of()
    {
        var normal = new Rec().With(Carrier.NaturalGas, 10_000, UnitOfMeasure.NormalCubicMetre).With(Carrier.Electricity, 1_000).State(Sets.Plan());
        Assert.Equal("21.62", Value(normal, FigureId.Scope1));
        Assert.Equal("22.0619", Value(normal, FigureId.Carbon));
        // No coefficient speaks of Nm³: the sum would lack the gas.
        Assert.Equal(FigureReason.NoFactor, normal.FigureOf(FigureId.CoalEquivalent)!.Value.Reason);
        Assert.Equal("0.1229", Value(normal, Figures.Of(Carrier.Electricity)));
        var flowing = new Rec().With(Carrier.NaturalGas, 10_000, UnitOfMeasure.CubicMetre).State(Sets.Plan());
        Assert.Equal("13.3", Value(flowing, FigureId.CoalEquivalent));
        Assert.Equal(FigureReason.NoFactor, flowing.FigureOf(FigureId.Scope1)!.Value.Reason);
        var mixed = new Rec().With(Carrier.NaturalGas, 1_000, UnitOfMeasure.CubicMetre).With(Carrier.NaturalGas, 1_000, UnitOfMeasure.NormalCubicMetre).State(Sets.Plan());
        Assert.Equal(FigureReason.NoFactor, mixed.FigureOf(FigureId.CoalEquivalent)!.Value.Reason);
    }

    [Fact]
    public void Segments_taken_one_by_one_are_charged_the_whole_by_what_each_used()
    {
        long[] cuts = [Rec.Start, Rec.Start + 1_200_000_000, Rec.Start + 3_600_000_000];
        // Of 50 kWh of the site 20 are its own: of what the line used, 30/50 was bought.
        WindowInput[] site = [Rec.Input(Carrier.Electricity, 30_000), Rec.Input(Carrier.Electricity, 20_000, role: InputRole.Generated)];
        var mix = default(SupplyMix);
        foreach (var input in site) mix.Add(input);
        var record = new Rec(cuts).With(Carrier.Electricity, 10_000).Segment(1).With(Carrier.Electricity, 15_000).Supply(Carrier.Electricity, site).State(Sets.Plan());
        Assert.Equal("6.6285", Value(record, FigureId.Carbon)); // 25 × 30/50 × 0.4419
        Assert.Equal(["2.6514", "3.9771"], Taken(record, mix, isBoundary: false)); // 10 and 15 × 30/50 × 0.4419
        // The same where the unit is the site, whose own meters are the boundary.
        record = new Rec(cuts).With(Carrier.Electricity, 6_000).Segment(1).With(Carrier.Electricity, 24_000).Supply(Carrier.Electricity, site).State(Sets.Plan(), isSite: true);
        Assert.Equal("13.257", Value(record, FigureId.Carbon)); // 30 × 0.4419
        Assert.Equal(["2.6514", "10.6056"], Taken(record, mix, isBoundary: true));

        static string?[] Taken(WindowRecord record, SupplyMix mix, bool isBoundary) =>
        [
            .. Enumerable.Range(0, record.Segments.Length).Select(i =>
            {
                var account = default(CarbonAccount);
                account.Add(record, Carrier.Electricity, Sets.Plan(), mix, isBoundary, [.. Enumerable.Range(0, record.Segments.Length).Select(s => s == i)]);
                return account.Carbon.ToFigure(FigureId.Carbon).Value?.Normalize().ToString();
            }),
        ];
    }

    [Fact]
    public void Heat_counted_in_kilowatt_hours_is_charged_by_its_megajoules()
    {
        var record = new Rec().With(Carrier.Heat, 100_000).State(Sets.Plan());
        Assert.Equal("12.2832", Value(record, FigureId.CoalEquivalent)); // 360 MJ × 0.03412
        Assert.Equal("39.6", Value(record, FigureId.Scope2Location)); // 0.36 GJ × 110 kg
    }

    [Fact]
    public void What_a_store_takes_in_is_charged_when_it_is_bought_and_what_it_gives_is_free()
    {
        var kWh = Records.Numbers.UnitOfMeasure.KilowattHour;
        // 100 bought, 40 of them into the battery, 60 used by lines: they are charged all hundred.
        var charging = new Rec().With(Carrier.Electricity, 30_000).Supply(Carrier.Electricity, Rec.Input(Carrier.Electricity, 100_000, kWh), Rec.Input(Carrier.Electricity, 40_000, kWh, InputRole.Storage, -1)).State(Sets.Plan());
        Assert.Equal("22.095", Value(charging, FigureId.Scope2Location)); // 30 × 100/60 × 0.4419
        // 10 bought and 40 out of the battery: of 25 used, 5 were bought now.
        var giving = new Rec().With(Carrier.Electricity, 25_000).Supply(Carrier.Electricity, Rec.Input(Carrier.Electricity, 10_000, kWh), Rec.Input(Carrier.Electricity, 40_000, kWh, InputRole.Storage)).State(Sets.Plan());
        Assert.Equal("2.2095", Value(giving, FigureId.Scope2Location)); // 5 × 0.4419
        // The battery itself uses nothing.
        Assert.Null(new Rec().With(Carrier.Electricity, 40_000, kWh, InputRole.Storage, -1).Supply(Carrier.Electricity, Rec.Input(Carrier.Electricity, 100_000, kWh)).State(Sets.Plan()).FigureOf(FigureId.Carbon));
    }

    [Fact]
    public void A_medium_made_inside_carries_no_second_coal_equivalent_and_a_bought_one_does()
    {
        var inside = new Rec().With(Carrier.Electricity, 1_000).With(Carrier.CompressedAir, 50_000, UnitOfMeasure.CubicMetre, InputRole.Internal).State(Sets.Plan());
        Assert.Equal("0.1229", Value(inside, FigureId.CoalEquivalent));
        Assert.Null(inside.FigureOf(Figures.Of(Carrier.CompressedAir)));
        var bought = new Rec().With(Carrier.CompressedAir, 50_000, UnitOfMeasure.CubicMetre).State(Sets.Plan());
        Assert.Equal("2", Value(bought, FigureId.CoalEquivalent));
        Assert.Null(bought.FigureOf(FigureId.Carbon));
    }

    [Fact]
    public void Own_generation_is_not_charged_the_grid_s_factor_and_lines_share_what_was_bought()
    {
        // Bought 60, made by sunlight 40: a line that used 25 of 100 is charged for 15 kWh, and its coal equivalent is that of all 25.
        WindowInput[] supply = [Rec.Input(Carrier.Electricity, 60_000), Rec.Input(Carrier.Electricity, 40_000, role: InputRole.Generated)];
        var line = new Rec().With(Carrier.Electricity, 25_000).Supply(Carrier.Electricity, supply).State(Sets.Plan());
        Assert.Equal("6.6285", Value(line, FigureId.Scope2Location));
        Assert.Equal("3.0725", Value(line, FigureId.CoalEquivalent));
        var site = new Rec().With(Carrier.Electricity, 60_000).Supply(Carrier.Electricity, supply).State(Sets.Plan(), isSite: true);
        Assert.Equal("26.514", Value(site, FigureId.Scope2Location));
        Assert.Equal("12.29", Value(site, FigureId.CoalEquivalent));
        var roof = new Rec().With(Carrier.Electricity, 40_000, role: InputRole.Generated).Supply(Carrier.Electricity, supply).State(Sets.Plan());
        Assert.Null(roof.FigureOf(FigureId.Carbon));
    }

    [Fact]
    public void What_is_sold_is_taken_off_and_offsets_nothing_else()
    {
        WindowInput[] supply = [Rec.Input(Carrier.Electricity, 5_000), Rec.Input(Carrier.Electricity, 20_000, sign: -1), Rec.Input(Carrier.Electricity, 40_000, role: InputRole.Generated)];
        var line = new Rec().With(Carrier.Electricity, 25_000).Supply(Carrier.Electricity, supply).State(Sets.Plan());
        Assert.Equal("0", Value(line, FigureId.Scope2Location));
        var none = new Rec().With(Carrier.Electricity, 1_000).Supply(Carrier.Electricity, Rec.Input(Carrier.Electricity, 0), Rec.Input(Carrier.Electricity, 0, role: InputRole.Generated)).State(Sets.Plan());
        Assert.Equal(FigureReason.NoSupply, none.FigureOf(FigureId.Scope2Location)!.Value.Reason);
    }

    [Fact]
    public void The_sum_of_lines_and_rest_is_the_site_s() =>
        Gen.Select(Gen.Long[0, 10_000_000].Array[1, 6], Gen.Long[0, 5_000_000], Gen.Long[0, 2_000_000]).Sample((lines, generated, sold) =>
        {
            var used = lines.Sum();
            var bought = used + sold - generated;
            if (bought < sold || used == 0) return;
            WindowInput[] supply = [Rec.Input(Carrier.Electricity, bought), Rec.Input(Carrier.Electricity, sold, sign: -1), Rec.Input(Carrier.Electricity, generated, role: InputRole.Generated)];
            var site = new Rec().With(Carrier.Electricity, bought).With(Carrier.Electricity, sold, sign: -1).Supply(Carrier.Electricity, supply).State(Sets.Plan(), isSite: true);
            foreach (var id in new[] { FigureId.Scope2Location, FigureId.Scope2Market, FigureId.CoalEquivalent })
            {
                if (site.FigureOf(id) is not { Value: { } whole }) continue;
                var sum = lines.Sum(l => (decimal)new Rec().With(Carrier.Electricity, l).Supply(Carrier.Electricity, supply).State(Sets.Plan()).FigureOf(id)!.Value.Value!.Value.ToDouble());
                // Each line is rounded once, to half a millionth.
                Assert.InRange(Math.Abs(sum - (decimal)whole.ToDouble()), 0, 0.0000005m * (lines.Length + 1) + 0.000001m);
            }
        }, iter: 2_000);

    [Theory]
    [InlineData(ReferencePolicy.LatestPublished, "2025-06-01", "44.03", true)]
    [InlineData(ReferencePolicy.LatestPublished, "2026-01-01", "44.19", true)]
    [InlineData(ReferencePolicy.ActivityYear, "2023-06-01", "44.19", false)]
    [InlineData(ReferencePolicy.ActivityYear, "2022-06-01", "44.03", false)]
    [InlineData(ReferencePolicy.ActivityYear, "2026-06-01", "44.19", true)]
    [InlineData(ReferencePolicy.LatestPublished, "2023-06-01", null, false)]
    public void Which_year_s_factor_a_window_takes(ReferencePolicy policy, string day, string? expected, bool otherYear)
    {
        var start = Sets.StartOf(DateOnly.ParseExact(day, "yyyy-MM-dd", null));
        var plan = new CarbonPlan(null, Sets.Factors, null, policy, Sets.StartOf);
        var record = new Rec(start, start + 3_600_000_000).With(Carrier.Electricity, 100_000).State(plan);
        Assert.Equal(expected, Value(record, FigureId.Scope2Location));
        if (expected is null) Assert.Equal(FigureReason.NoFactor, record.FigureOf(FigureId.Scope2Location)!.Value.Reason);
        Assert.Equal(otherYear, record.Flags.HasFlag(WindowFlags.FactorYear));
    }

    [Fact]
    public void A_window_over_a_change_of_factor_is_the_sum_of_its_segments()
    {
        var change = Sets.StartOf(new DateOnly(2025, 12, 31));
        Assert.Contains(change, Sets.Plan().Changes);
        var record = new Rec(change - 3_600_000_000, change, change + 3_600_000_000).With(Carrier.Electricity, 10_000).Segment(1).With(Carrier.Electricity, 20_000).State(Sets.Plan());
        Assert.Equal("13.241", Value(record, FigureId.Scope2Location)); // 10 × 0.4403 + 20 × 0.4419
    }

    [Fact]
    public void Energy_coal_and_carbon_per_ten_thousand_yuan_are_ratios_of_sums_over_a_change_of_price()
    {
        var (start, hour) = (Rec.Start, 3_600_000_000L);
        var prices = new OutputPlan { Product = "cup", Price = [new(long.MinValue, new(10, 0)), new(start + hour, new(20, 0))], ValueAdded = [new(long.MinValue, new(25, -1))] };
        var record = new Rec(start, start + hour, start + (2 * hour)).With(Carrier.Electricity, 30_000).Made(10).Segment(1).With(Carrier.Electricity, 30_000).Made(10).State(Sets.Plan(), prices);
        Assert.Equal("300", Value(record, FigureId.OutputValue));
        Assert.Equal("50", Value(record, FigureId.ValueAdded));
        Assert.Equal("2000", Value(record, FigureId.KilowattHoursPerOutputValue)); // 60 kWh ÷ 0.03
        Assert.Equal("12000", Value(record, FigureId.KilowattHoursPerValueAdded));
        Assert.Equal("245.8", Value(record, FigureId.CoalEquivalentPerOutputValue)); // 7.374 ÷ 0.03
        Assert.Equal("883.8", Value(record, FigureId.CarbonPerOutputValue)); // 26.514 ÷ 0.03
        Assert.Equal("3", Value(record, FigureId.KilowattHoursPerGood));
    }

    [Theory]
    [InlineData(0, 1, 1.0, FigureReason.NoOutput)]
    [InlineData(9, 10, 1.0, FigureReason.BelowMinPieces)]
    [InlineData(9, 1, 0.4, FigureReason.Coverage)]
    [InlineData(9, 1, 1.0, FigureReason.None)]
    public void A_figure_per_output_is_null_with_its_reason(long good, int minPieces, double coverage, FigureReason reason)
    {
        var prices = new OutputPlan { Price = [new(long.MinValue, new(10, 0))] };
        var record = new Rec().Covered(coverage).With(Carrier.Electricity, 1_000).Made(good).State(Sets.Plan(), prices, minPieces: minPieces);
        foreach (var id in new[] { FigureId.KilowattHoursPerGood, FigureId.KilowattHoursPerOutputValue, FigureId.CoalEquivalentPerGood, FigureId.CarbonPerOutputValue })
        {
            Assert.Equal(reason, record.FigureOf(id)!.Value.Reason);
            Assert.Equal(reason == FigureReason.None, record.FigureOf(id)!.Value.Value is not null);
        }
    }

    [Fact]
    public void No_price_no_data_and_an_unverified_row_are_said()
    {
        var later = new OutputPlan { Price = [new(Rec.Start + 1, new(10, 0))] };
        var unpriced = new Rec().With(Carrier.Electricity, 1_000).Made(5).State(Sets.Plan(), later);
        Assert.Equal(FigureReason.NoPrice, unpriced.FigureOf(FigureId.OutputValue)!.Value.Reason);
        Assert.Equal(FigureReason.NoPrice, unpriced.FigureOf(FigureId.KilowattHoursPerOutputValue)!.Value.Reason);
        var foreign = new Rec().With(Carrier.Electricity, 1_000).Made(5).State(Sets.Plan(), new OutputPlan { Price = [new(long.MinValue, null)] });
        Assert.Equal(FigureReason.NoPrice, foreign.FigureOf(FigureId.KilowattHoursPerOutputValue)!.Value.Reason);
        var unknown = new Rec().With(Carrier.Electricity, 0, basis: Basis.None).State(Sets.Plan());
        Assert.Equal((FigureReason.NoData, Basis.None), (unknown.FigureOf(FigureId.CoalEquivalent)!.Value.Reason, unknown.FigureOf(FigureId.CoalEquivalent)!.Value.Basis));
        var doubtful = Sets.Set("doubtful", [Sets.Row(ReferenceUse.CoalEquivalent, Carrier.Electricity, "0.1229", "kgce/kWh", verified: false)]);
        var record = new Rec().With(Carrier.Electricity, 1_000).State(new CarbonPlan(doubtful, null, null, default, Sets.StartOf));
        Assert.Equal(WindowFlags.FactorUnverified, record.Flags);
    }

    [Fact]
    public void Figures_taken_away_and_worked_out_anew_are_the_same()
    {
        var first = new Rec().With(Carrier.Electricity, 12_345).Made(7, 2);
        var before = first.State(Sets.Plan()).Figures.ToArray();
        first.Record.ClearFigures(ReportFigures.Makes);
        Assert.Empty(first.Record.Figures.ToArray());
        Assert.Equal(("", WindowFlags.None), (first.Record.Factors, first.Record.Flags));
        Assert.Equal(before, first.State(Sets.Plan()).Figures.ToArray());
    }

    private static string? Value(WindowRecord record, FigureId id) => record.FigureOf(id)?.Value?.ToString();
}
