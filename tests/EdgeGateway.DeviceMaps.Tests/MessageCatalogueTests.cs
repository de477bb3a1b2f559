using EdgeGateway.DeviceMaps.Language;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Faults;

namespace EdgeGateway.DeviceMaps.Tests;

public sealed class MessageCatalogueTests
{
    // Words of the test driver and the test publisher.
    private static readonly string[] Foreign = ["is no URL.", "is no broker.", "holds '#'.", "ends behind the last register."];

    [Fact]
    public void Every_message_of_the_testcases_is_known()
    {
        var lines = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "testcases"), "*s.txt", SearchOption.AllDirectories)
            .Where(f => Path.GetFileName(f) is "faults.txt" or "warnings.txt").SelectMany(File.ReadAllLines)
            .Select(l => l[(l.IndexOf(": ", StringComparison.Ordinal) + 2)..]).Where(m => !Foreign.Any(m.EndsWith)).Distinct().ToList();
        Assert.True(lines.Count > 150);
        Assert.Equal([], lines.Where(m => FaultLanguage.Chinese.Translate(m) is null));
    }

    [Fact]
    public void What_a_missing_option_is_for_is_said_in_Chinese_too()
    {
        var registrations = new Composition.Registrations();
        var sections = MapOptions.Sections.Concat(MapOptions.TemplateSections).Concat(registrations.DriverSchemas.SelectMany(MapOptions.SectionsOf)).Concat(registrations.PublisherSchemas.Select(MapOptions.SectionOf));
        var required = sections.SelectMany(s => s.Options.Items).Where(o => o.Required).ToList();
        Assert.True(required.Count > 20);
        Assert.Equal([], required.Where(o => FaultLanguage.Say($"'{o.Key}' is missing in device 'm': {o.Doc}", MessageLanguage.Chinese).Contains(o.Doc, StringComparison.Ordinal)).Select(o => o.Doc));
    }

    [Theory]
    [InlineData("'type' is missing in point 'm.a': Format in the registers; coils and discrete inputs are bool.", "测点“m.a”缺少“type”：寄存器里的格式；线圈和离散输入是 bool。")]
    [InlineData("m.a: length: only strings have it.", "m.a：length：只有字符串才有此项。")]
    [InlineData("Unknown key 'polll' in device '电表'; did you mean 'poll'?", "设备“电表”里有不认识的键“polll”；是否想写“poll”？")]
    [InlineData("rated_power: '75' has no unit: write a number and its unit, such as 75 kW.", "rated_power：“75”没有单位：请写数字和单位，例如 75 kW。")]
    [InlineData("modulus: only counters have it; this point is of kind gauge.", "modulus：只有 counter 才有此项；本测点是 gauge。")]
    [InlineData("Unknown key 'a' in bench of connection 'b'; known: c, d. The line holds the full-width sign '：': write the ordinary ':'.", "连接“b”的“bench”里有不认识的键“a”；可用：c, d。本行有全角符号“：”：请改为半角“:”。")]
    public void Says_it_in_Chinese(string english, string chinese) => Assert.Equal(chinese, FaultLanguage.Say(english, MessageLanguage.Chinese));

    [Fact]
    public void What_is_not_known_stays_as_it_is()
    {
        Assert.Equal("The moon is full.", FaultLanguage.Say("The moon is full.", MessageLanguage.Chinese));
        Assert.Equal("Nested deeper than 32 levels.", FaultLanguage.Say("Nested deeper than 32 levels.", MessageLanguage.English));
    }
}
