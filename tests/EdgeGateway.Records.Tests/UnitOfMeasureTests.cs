using CsCheck;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Records.Tests;

public sealed class UnitOfMeasureTests
{
    private static readonly UnitOfMeasure[] _all = Enum.GetValues<UnitOfMeasure>();

    [Fact]
    public void Every_unit_has_one_row_and_is_read_by_each_of_its_names()
    {
        foreach (var unit in _all.Where(u => u != UnitOfMeasure.None))
        {
            foreach (var word in unit.WordsOf())
            {
                Assert.True(UnitsOfMeasure.TryParse(word, out var read), word);
                Assert.Equal(unit, read);
            }
        }
        Assert.Equal(UnitsOfMeasure.Words.Count(), UnitsOfMeasure.Words.Distinct().Count());
    }

    [Fact]
    public void Every_dimension_has_exactly_one_base_unit_that_is_stated()
    {
        foreach (var dimension in Enum.GetValues<Dimension>().Where(d => d != Dimension.None))
        {
            Assert.Equal(dimension, dimension.BaseUnit().Measures());
            Assert.Single(_all, u => u.Measures() == dimension && u.ToBase() == ExactDecimal.One);
        }
    }

    [Fact]
    public void Volumes_of_unlike_conditions_and_carbon_dioxide_and_its_equivalent_are_never_turned_into_each_other()
    {
        UnitOfMeasure[][] apart =
        [
            [UnitOfMeasure.CubicMetre, UnitOfMeasure.NormalCubicMetre, UnitOfMeasure.CubicMetreAt20],
            [UnitOfMeasure.KilogramCarbonDioxide, UnitOfMeasure.KilogramCarbonDioxideEquivalent],
        ];
        foreach (var group in apart)
        {
            foreach (var (a, b) in group.SelectMany(a => group.Where(b => b != a).Select(b => (a, b)))) Assert.Null(a.ToBaseOf(b.Measures()));
        }
    }

    [Fact]
    public void A_kilowatt_hour_is_exactly_three_point_six_megajoules_and_no_megajoule_is_a_decimal_of_a_kilowatt_hour()
    {
        Assert.Equal(new ExactDecimal(36, -1), UnitOfMeasure.KilowattHour.ToBaseOf(Dimension.Heat)!.Value.Normalize());
        Assert.Equal(new ExactDecimal(36, 2), UnitOfMeasure.MegawattHour.ToBaseOf(Dimension.Heat)!.Value.Normalize());
        Assert.Null(UnitOfMeasure.Gigajoule.ToBaseOf(Dimension.Energy));
    }

    [Fact]
    public void Quotients_read_back_as_they_are_written_even_where_a_unit_holds_a_stroke()
    {
        var unit = Gen.Int[1, _all.Length - 1].Select(i => _all[i]);
        Gen.Select(unit, unit).Sample((over, under) =>
        {
            var quotient = new UnitQuotient(over, under);
            return UnitQuotient.TryParse(quotient.ToString(), out var read) && read.ToString() == quotient.ToString();
        });
        Assert.True(UnitQuotient.TryParse("千克标准煤/千瓦时", out var coal));
        Assert.Equal("kgce/kWh", coal.ToString());
        Assert.False(UnitQuotient.TryParse("kgce per kWh", out _));
    }

    [Fact]
    public void Carriers_are_numbered_from_one_without_holes_and_know_what_they_are_counted_in()
    {
        Assert.Equal(Enum.GetValues<Carrier>().Where(c => c != Carrier.None), Carriers.All);
        foreach (var carrier in Carriers.All)
        {
            Assert.True(Carriers.TryParse(carrier.Word(), out var read) && read == carrier, carrier.Word());
            Assert.True(Carriers.TryParse(carrier.Chinese(), out read) && read == carrier, carrier.Chinese());
            Assert.All(carrier.MeasuredIn().ToArray(), d => Assert.True(d.AddsUp()));
        }
        Assert.Equal("none", ((Carrier)200).Word());
    }

    [Theory]
    [InlineData(Carrier.Electricity, UnitOfMeasure.MegawattHour, Dimension.Energy)]
    [InlineData(Carrier.Heat, UnitOfMeasure.KilowattHour, Dimension.Heat)]
    [InlineData(Carrier.Steam, UnitOfMeasure.Tonne, Dimension.Mass)]
    [InlineData(Carrier.NaturalGas, UnitOfMeasure.CubicMetreAt20, Dimension.Volume20)]
    [InlineData(Carrier.Electricity, UnitOfMeasure.CubicMetre, Dimension.None)]
    [InlineData(Carrier.Diesel, UnitOfMeasure.NormalCubicMetre, Dimension.None)]
    public void A_carrier_is_stated_in_the_dimension_its_counter_allows(Carrier carrier, UnitOfMeasure unit, Dimension dimension)
    {
        Assert.Equal(dimension, carrier.StatedIn(unit));
        Assert.Equal(dimension != Dimension.None, carrier.MayBeCountedIn(unit));
    }
}
