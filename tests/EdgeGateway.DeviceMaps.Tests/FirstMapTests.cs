using EdgeGateway.Composition;

namespace EdgeGateway.DeviceMaps.Tests;

public sealed class FirstMapTests
{
    [Fact]
    public void The_usual_answers_for_every_template_make_a_valid_map()
    {
        foreach (var template in new TemplateShelf(null).Names()) Valid($"\n\n\n\n{template}\n{new string('\n', 12)}");
    }

    [Fact]
    public void A_wrong_answer_is_asked_again()
    {
        var questions = new StringWriter();
        var text = new FirstMap(new StringReader("gw 1\n网关\ngw-7\nh\n300\n3\n电表 1\n电表\neastron/sdm63\n?\nchint/dtsu666\nmany\n40\n1\n75 kWh\n\"75\" kW\n90 kW\n冲压线\nnowhere\n\n"), questions, new TemplateShelf(null)).Ask();
        Assert.Contains("did you mean 'eastron/sdm630'?", questions.ToString(), StringComparison.Ordinal);
        Assert.Contains("  plc/line  ", questions.ToString(), StringComparison.Ordinal);
        var plant = Valid(text!, asked: false).Plant;
        Assert.Equal(("gw-7", "电表", "chint/dtsu666", "冲压线"), (plant.Gateway.Id, plant.Devices[0].Name, plant.Devices[0].Template, plant.Units[0].Name));
        Assert.Equal("电表.energy_import", plant.Units[0].Inputs[0].Point);
        Assert.Equal("40", plant.Devices[0].Points.Single(p => p.Name == "energy_import").Ratio.ToString());
    }

    [Theory]
    [InlineData("siemens/pac2200", "meter-1.energy_import_t1 Purchased, meter-1.energy_import_t2 Purchased")]
    [InlineData("huawei/sun2000", "meter-1.energy_yield Generated")]
    [InlineData("plc/energy", "meter-1.energy Purchased")]
    public void A_unit_gets_every_meter_of_its_carrier(string template, string expected) => Assert.Equal(expected,
        string.Join(", ", Valid($"\n\n\n\n{template}\n{new string('\n', 12)}").Plant.Units[0].Inputs.Select(i => $"{i.Point} {i.Role}")));

    [Fact]
    public void A_serial_port_is_asked_for_its_settings()
    {
        var plant = Valid("\n/dev/ttyUSB0\nfast\n19200\nevn\neven\n5\n" + new string('\n', 12)).Plant;
        Assert.Equal("modbus_rtu", plant.Connections[0].Driver);
        Assert.Equal(["port", "baud", "parity"], new EdgeGateway.Composition.Registrations().DriverSchemas.Single(d => d.Key == "modbus_rtu").Connection.Items.Where(plant.Connections[0].Options.Has).Select(o => o.Key));
    }

    [Fact]
    public void Answers_that_end_early_make_none() => Assert.Null(new FirstMap(new StringReader("gw-01\n"), TextWriter.Null, new TemplateShelf(null)).Ask());

    private static LoadedMap Valid(string text, bool asked = true)
    {
        var map = asked ? new FirstMap(new StringReader(text), TextWriter.Null, new TemplateShelf(null)).Ask()! : text;
        var (loaded, faults) = MapFile.Parse("map", map, ".", _ => null);
        Assert.Empty(faults);
        return loaded!;
    }
}
