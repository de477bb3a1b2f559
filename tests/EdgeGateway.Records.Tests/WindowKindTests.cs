using CsCheck;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Records.Tests;

public sealed class WindowKindTests
{
    [Theory]
    [InlineData("1m", 1, 60)]
    [InlineData("60s", 1, 60)]
    [InlineData("15m", 2, 900)]
    [InlineData("1h", 3, 3600)]
    [InlineData("1d", 4, 0)]
    [InlineData("month", 5, 0)]
    [InlineData("shift", 6, 0)]
    [InlineData("batch", 7, 0)]
    [InlineData("1s", 65, 1)]
    [InlineData("5s", 69, 5)]
    [InlineData("30s", 94, 30)]
    public void Names_and_codes_are_durable(string name, byte code, int seconds)
    {
        Assert.True(WindowKind.TryParse(name, out var kind));
        Assert.Equal(code, kind.Code);
        Assert.Equal(seconds * UtcMicros.PerSecond, kind.FixedMicros);
        Assert.Equal(name == "60s" ? "1m" : name, kind.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("2m")]
    [InlineData("7s")]
    [InlineData("0s")]
    [InlineData("05s")]
    [InlineData("31s")]
    [InlineData("-5s")]
    [InlineData(" 5s")]
    [InlineData("1M")]
    [InlineData("kind-0")]
    public void Other_words_are_refused(string name) => Assert.False(WindowKind.TryParse(name, out _));

    [Fact]
    public void Every_kind_is_read_back_from_its_name()
    {
        foreach (var seconds in Enumerable.Range(1, 30).Where(s => 60 % s == 0))
        {
            Assert.True(WindowKind.TryParse(WindowKind.OfSeconds(seconds).Name, out var kind));
            Assert.Equal(WindowKind.OfSeconds(seconds), kind);
        }
        foreach (var seconds in new[] { 0, -1, 7, 31, 60 }) Assert.Throws<ArgumentOutOfRangeException>(() => WindowKind.OfSeconds(seconds));
    }

    [Fact]
    public void Codes_that_are_no_kind_have_no_length()
    {
        for (var code = 0; code < 256; code++)
        {
            var kind = new WindowKind((byte)code);
            if (!WindowKind.TryParse(kind.Name, out var read)) Assert.Equal(0, kind.FixedMicros);
            else Assert.Equal(kind, read);
        }
    }

    [Fact]
    public void Floor_is_the_start_of_the_window() => Gen.Select(Gen.Long[-1_000_000_000_000, 4_000_000_000_000_000], Gen.Long[1, UtcMicros.PerHour]).Sample((at, length) =>
    {
        var start = UtcMicros.Floor(at, length);
        Assert.InRange(at - start, 0, length - 1);
        Assert.Equal(0, start % length);
    }, iter: 5_000);

    [Theory]
    [InlineData(0, "1970-01-01T00:00:00Z")]
    [InlineData(1_795_478_400_000_000, "2026-11-24T00:00:00Z")]
    [InlineData(1_795_478_400_000_001, "2026-11-24T00:00:00.000001Z")]
    [InlineData(-1, "1969-12-31T23:59:59.999999Z")]
    public void Times_are_written_in_ISO_8601(long micros, string text) => Assert.Equal(text, UtcMicros.Format(micros));

    [Fact]
    public void Revisions_order_by_epoch_then_number() => Gen.Select(Gen.Long[0, 3], Gen.Long[0, 3], Gen.Long[0, 3], Gen.Long[0, 3]).Sample((e, s, f, t) =>
    {
        var (a, b) = (new Revision(e, s), new Revision(f, t));
        Assert.Equal(((e * 10) + s).CompareTo((f * 10) + t), Math.Sign(a.CompareTo(b)));
        Assert.Equal(a < b, b > a);
        Assert.Equal(a <= b, !(a > b));
        Assert.Equal(a >= b, !(a < b));
    }, iter: 500);
}
