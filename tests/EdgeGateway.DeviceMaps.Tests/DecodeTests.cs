using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Sources;
using EdgeGateway.Reading;

namespace EdgeGateway.DeviceMaps.Tests;

public sealed class DecodeTests
{
    [Fact]
    public void A_pair_under_every_type_and_order()
    {
        var rows = RegisterReadings.Of([0x43, 0x66, 0x80, 0x00]);
        Assert.Equal(12, rows.Count);
        Assert.Equal(new RegisterReadingRow("f32", "ABCD", "230.5", true), rows[0]);
        Assert.Contains(new RegisterReadingRow("u32", "CDAB", "2147500902", true), rows);
        Assert.Contains(new RegisterReadingRow("i32", "DCBA", "8414787", true), rows);
        Assert.False(rows.Single(r => r is { Type: "f32", Order: "DCBA" }).Plausible);
    }

    [Fact]
    public void One_and_four_registers()
    {
        Assert.Equal(["i16 ABCD -2", "i16 BADC -257", "u16 ABCD 65534", "u16 BADC 65279"], RegisterReadings.Of([0xFF, 0xFE]).Select(r => $"{r.Type} {r.Order} {r.Value}"));
        var rows = RegisterReadings.Of([0x41, 0x9D, 0x6F, 0x34, 0x54, 0, 0, 0]);
        Assert.Contains(new RegisterReadingRow("f64", "ABCD", "123456789", true), rows);
        Assert.False(rows.Single(r => r is { Type: "u64", Order: "ABCD" }).Plausible);
    }

    [Theory]
    [InlineData("40001", "holding 0|holding or input 40001|holding or input 40000")]
    [InlineData("30053", "input 52|holding or input 30053|holding or input 30052")]
    [InlineData("465536", "holding 65535")]
    [InlineData("0x34", "holding or input 52|holding or input 51")]
    [InlineData("0", "holding or input 0")]
    [InlineData("x", "")]
    [InlineData("-1", "")]
    public void What_a_manual_may_mean(string written, string meanings) =>
        Assert.Equal(meanings, string.Join('|', RegisterAddress.Meanings(written).Select(m => m.Split(" (")[0].Replace("table: ", "", StringComparison.Ordinal).Replace(", address:", "", StringComparison.Ordinal))));

    [Fact]
    public void Every_shipped_template_works_in_a_trial()
    {
        var shelf = new TemplateShelf(null);
        Assert.All(shelf.Names(), n => Assert.Empty(TemplateTrial.Run(shelf.Find(n)!).Faults));
    }

    [Fact]
    public void A_trial_finds_the_faults_of_a_template()
    {
        var outcome = TemplateTrial.Run(new ShelvedTemplate("own/meter", new MapDocument("meter.yaml", "template: {title: t, drivers: [modbus_tcp], values: none, source: me}\npoints: {p: {address: 70000, type: u16}}\n"), true));
        Assert.Equal("meter.yaml:2:23: address: '70000' is not a whole number from 0 to 65535.", Assert.Single(outcome.Faults).ToString());
        Assert.Contains("this binary has none of", Assert.Single(TemplateTrial.Run(new ShelvedTemplate("own/meter", new MapDocument("meter.yaml", "template: {title: t, drivers: [telepathy], values: none, source: me}\npoints: {p: {}}\n"), true)).Faults).Message, StringComparison.Ordinal);
    }
}
