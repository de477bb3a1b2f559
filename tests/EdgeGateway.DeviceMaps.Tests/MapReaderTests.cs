using System.Text;
using EdgeGateway.DeviceMaps.Located;

namespace EdgeGateway.DeviceMaps.Tests;

public sealed class MapReaderTests
{
    [Fact]
    public void Every_value_has_its_place()
    {
        var faults = new FaultList();
        var root = Assert.IsType<MapTable>(MapReader.Read("m.yaml", "\uFEFFa: 1\r\n名字:\r\n  - 'x y'\r\n  - {k: \"v\\t\"}\r\n", faults));
        Assert.True(faults.IsEmpty);
        Assert.Equal(new MapText(new Mark("m.yaml", 1, 4), "1", true), root.Find("a"));
        var list = Assert.IsType<MapList>(root.Find("名字"));
        Assert.Equal(new Mark("m.yaml", 3, 3), list.Mark);
        Assert.Equal(new MapText(new Mark("m.yaml", 3, 5), "x y", false), list.Items[0]);
        var table = Assert.IsType<MapTable>(list.Items[1]);
        Assert.Equal(new Mark("m.yaml", 4, 6), table.Entries[0].Key.Mark);
        Assert.Equal("v\t", Assert.IsType<MapText>(table.Find("k")).Value);
        Assert.Null(table.Find("nothing"));
    }

    [Theory]
    [InlineData("a:", true)]
    [InlineData("a: ~", true)]
    [InlineData("a: null", true)]
    [InlineData("a: ''", false)]
    [InlineData("a: 'null'", false)]
    public void A_key_without_a_value_is_nothing(string text, bool nothing)
    {
        var root = Assert.IsType<MapTable>(MapReader.Read("m", text, new FaultList()));
        Assert.Equal(nothing, Assert.IsType<MapText>(root.Find("a")).IsNothing);
    }

    [Fact]
    public void Depth_is_limited_at_32()
    {
        Assert.True(Faults(new string('[', 32) + new string(']', 32)).IsEmpty);
        Assert.Equal("m:1:33: Nested deeper than 32 levels.", Assert.Single(Faults(new string('[', 33) + new string(']', 33)).Ordered).ToString());
        Assert.Single(Faults(new string('[', 1_000_000)).Ordered);
        Assert.Single(Faults(string.Concat(Enumerable.Repeat("{a: ", 100_000))).Ordered);
        Assert.Single(Faults(string.Concat(Enumerable.Repeat("- ", 100_000))).Ordered);
    }

    [Fact]
    public void Size_is_limited_at_4_MiB()
    {
        Assert.True(Faults("a: '" + new string('x', MapReader.MaxCharacters - 5) + "'").IsEmpty);
        Assert.Equal("m:1:1: The map is longer than 4 MiB: split the plant over several gateways.", Assert.Single(Faults("a: '" + new string('x', MapReader.MaxCharacters - 4) + "'").Ordered).ToString());
    }

    [Fact]
    public void Values_are_limited_in_number()
    {
        var text = "[" + string.Concat(Enumerable.Repeat("1,\n", MapReader.MaxNodes)) + "]";
        Assert.Equal("m:250000:1: The map holds more than 250000 values.", Assert.Single(Faults(text).Ordered).ToString());
    }

    [Fact]
    public void A_bomb_is_refused_and_expands_nothing()
    {
        var text = new StringBuilder("a0: &a0 lol\n");
        for (var i = 1; i < 60; i++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}]\n");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var faults = Faults(text.ToString());
        Assert.Equal(60 + (59 * 3), faults.Count);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4_000_000);
    }

    [Fact]
    public void Tabs_inside_texts_are_welcome()
    {
        Assert.True(Faults("a: |\n  x\n  \ty\nb: \"p\n \tq\"\nc:\t1\nd: 1 # \tx\n  \t\n").IsEmpty);
        Assert.Equal("m:2:1: A tab in the indentation: indent with spaces.", Assert.Single(Faults("a: 1\n\t# parsers mind this one\n").Ordered).ToString());
        Assert.Equal("m:2:1: A tab in the indentation: indent with spaces.", Assert.Single(Faults("a: [1,\n\t2]\n").Ordered).ToString());
    }

    [Fact]
    public void Messages_stay_on_one_line_and_short()
    {
        var faults = new FaultList();
        faults.Add(new Mark("m", 1, 1), "a\r\nb\u0085" + new string('x', 10_000));
        var message = faults.Ordered[0].Message;
        Assert.StartsWith("a\\x0D\\nb\\x85xx", message, StringComparison.Ordinal);
        Assert.True(message.Length < 600);
    }

    private static FaultList Faults(string text)
    {
        var faults = new FaultList();
        MapReader.Read("m", text, faults);
        return faults;
    }
}
