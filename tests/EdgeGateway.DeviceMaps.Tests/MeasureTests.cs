using CsCheck;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.DeviceMaps.Tests;

public sealed class MeasureTests
{
    private static readonly Gen<UnitOfMeasure> Units = AnyOf.Items([.. Enum.GetValues<UnitOfMeasure>().Where(u => u != UnitOfMeasure.None)]);
    private static readonly Gen<ExactDecimal> Numbers = Gen.Select(Gen.Int[-1_000_000, 1_000_000], Gen.Int[-6, 3]).Select((m, e) => new ExactDecimal(m, (sbyte)e).Normalize());

    [Theory]
    [InlineData("75 kW", 75)]
    [InlineData("0.5MW", 500)]
    [InlineData("750   W", 0.75)]
    [InlineData("-3 kW", -3)]
    public void Reads_powers(string text, double kilowatts)
    {
        Assert.Null(Measure.TryParse(text, Dimension.Power, out var measure));
        Assert.Equal(kilowatts, measure.InBaseUnits, 12);
    }

    [Theory]
    [InlineData("", "'' is not a measure: write a number and its unit, such as 75 kW.")]
    [InlineData("kW", "'kW' is not a measure: write a number and its unit, such as 75 kW.")]
    [InlineData("75", "'75' has no unit: write a number and its unit, such as 75 kW.")]
    [InlineData("75 KW", "'75 KW' has the unknown unit 'KW'; did you mean 'kW'?")]
    [InlineData("75 kWh", "'75 kWh' is an energy, not a power: write a number and its unit, such as 75 kW.")]
    [InlineData("7-5 kW", "'7-5 kW' is not a measure: write a number and its unit, such as 75 kW.")]
    [InlineData("1,5 kW", "'1,5 kW' has the unknown unit ',5 kW'; known: W, kW, MW.")]
    public void Says_what_is_wrong(string text, string wrong) => Assert.Equal(wrong, Measure.TryParse(text, Dimension.Power, out _));

    [Fact]
    public void Written_and_read_again_is_the_same() => Gen.Select(Numbers, Units).Sample((number, unit) =>
    {
        var written = new Measure(number, unit);
        Assert.Null(Measure.TryParse(written.ToString(), unit.Measures(), out var read));
        Assert.Equal(written.Unit, read.Unit);
        Assert.Equal(written.Value, read.Value.Normalize());
    }, iter: 2_000);

    [Fact]
    public void A_wrong_dimension_is_never_read() => Gen.Select(Numbers, Units, Gen.Enum<Dimension>()).Sample((number, unit, dimension) =>
        Assert.Equal(unit.Measures() == dimension, Measure.TryParse(new Measure(number, unit).ToString(), dimension, out _) is null), iter: 2_000);

    [Theory]
    [InlineData("60/min", 1)]
    [InlineData("1000 / h", 0.2777777777777778)]
    [InlineData("0.5 piece/s", 0.5)]
    [InlineData("86400/d", 1)]
    public void Reads_rates(string text, double perSecond)
    {
        Assert.Null(Rate.TryParse(text, out var rate));
        Assert.Equal(perSecond, rate.PerSecond, 12);
    }

    [Theory]
    [InlineData("60", "'60' is not a rate: write a number per time, such as 60/min or 1000/h.")]
    [InlineData("/min", "'/min' is not a rate: write a number per time, such as 60/min or 1000/h.")]
    [InlineData("60/", "'60/' has the unknown time '': a rate is per s, min, h or d.")]
    [InlineData("60/min/h", "'60/min/h' has the unknown time 'min/h': a rate is per s, min, h or d.")]
    [InlineData("60 peice/h", "'60 peice/h' has the unknown unit 'peice'; did you mean 'piece'?")]
    public void Says_what_is_wrong_with_a_rate(string text, string wrong) => Assert.Equal(wrong, Rate.TryParse(text, out _));

    [Fact]
    public void A_rate_written_and_read_again_is_the_same() => Gen.Select(Numbers, Gen.OneOf(Units, Gen.Const(UnitOfMeasure.None)), AnyOf.Items(1, 60, 3600, 86_400)).Sample((number, unit, seconds) =>
    {
        var written = new Rate(new Measure(number, unit), TimeSpan.FromSeconds(seconds));
        Assert.Null(Rate.TryParse(written.ToString(), out var read));
        Assert.Equal((written.Per, written.Amount.Unit, written.Amount.Value), (read.Per, read.Amount.Unit, read.Amount.Value.Normalize()));
    }, iter: 2_000);

    [Fact]
    public void Any_text_is_read_or_refused() => Gen.String.Sample(text =>
    {
        Assert.NotEqual("", Measure.TryParse(text, Dimension.Power, out _));
        Assert.NotEqual("", Rate.TryParse(text, out _));
        Assert.False(Durations.TryParse(text, out var read) && read < TimeSpan.Zero);
    }, iter: 4_000);
}
