using System.Text.Json;
using CsCheck;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Language;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.Faults;

namespace EdgeGateway.DeviceMaps.Tests;

public sealed class FaultTextTests
{
    [Theory]
    [InlineData("a: 1\r\n  b: 2\r\n", 2, 3, "    2 |   b: 2", "      |   ^")]
    [InlineData("\uFEFF电表: {单位: kw}", 1, 11, "    1 | 电表: {单位: kw}", "      |               ^")]
    [InlineData("p: {password: geheim, user: x, token: 'abc', a_key: \"d,e\", url: y}", 1, 23, "    1 | p: {password: ******, user: x, token: '***', a_key: \"***\", url: y}", "      |                       ^")]
    [InlineData("password: ${env:X}", 1, 1, "    1 | password: ${env:X}", "      | ^")]
    [InlineData("a", 1, 2, "    1 | a", "      |  ^")]
    public void The_caret_stands_below_the_place(string text, int line, int column, string shown, string caret) =>
        Assert.Equal([shown, caret], LineExcerpt.Of(text, new Mark("m", line, column)));

    [Fact]
    public void A_long_line_is_cut_around_the_place()
    {
        var lines = LineExcerpt.Of(new string('a', 200) + "X" + new string('b', 200), new Mark("m", 1, 201));
        Assert.Equal('X', lines[0][lines[1].IndexOf('^', StringComparison.Ordinal)]);
        Assert.True(lines[0].Length < 120);
    }

    [Fact]
    public void Any_place_in_any_text() => Gen.Select(Gen.String, Gen.Int[1, 5], Gen.Int[1, 50]).Sample((text, line, column) =>
        Assert.InRange(LineExcerpt.Of(text, new Mark("m", line, column)).Count, 0, 2), iter: 2_000);

    [Fact]
    public void Text_and_json_in_both_languages()
    {
        var outcome = new MapOutcome(null, [new Fault(new Mark("厂.yaml", 2, 3), "Unknown key 'polll' in device 'm'; did you mean 'poll'?")],
            [new Fault(new Mark("厂.yaml", 1, 1), "connection 'a' carries no device.") { IsWarning = true }], new Dictionary<string, string> { ["厂.yaml"] = "a\n  polll: 1s\n" });
        Assert.Equal(
            ["厂.yaml:2:3: Unknown key 'polll' in device 'm'; did you mean 'poll'?", "    2 |   polll: 1s", "      |   ^", "厂.yaml:1:1: warning: connection 'a' carries no device.", "    1 | a", "      | ^", "1 fault.", "1 warning."],
            new FaultText(MessageLanguage.English).Lines(outcome));
        Assert.Equal("厂.yaml:2:3: 设备“m”里有不认识的键“polll”；是否想写“poll”？", new FaultText(MessageLanguage.Chinese).Lines(outcome).First());
        using var json = JsonDocument.Parse(FaultJson.Write(outcome, MessageLanguage.Chinese));
        Assert.False(json.RootElement.GetProperty("valid").GetBoolean());
        Assert.Equal(["error", "warning"], json.RootElement.GetProperty("faults").EnumerateArray().Select(f => f.GetProperty("severity").GetString()));
        Assert.Equal("连接“a”下没有设备。", json.RootElement.GetProperty("faults")[1].GetProperty("message").GetString());
    }
}
