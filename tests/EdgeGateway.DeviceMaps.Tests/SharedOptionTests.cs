using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.DeviceMaps.Tests;

/// <summary>Points of one template have their options once; what differs, and where each was named, stays its own.</summary>
public sealed class SharedOptionTests
{
    [Fact]
    public void Devices_of_one_template_differ_where_they_say_so_and_nowhere_else()
    {
        var (map, faults) = Composition.MapFile.Parse("map.yaml", """
            gateway: {id: t}
            connections: {a: {modbus_tcp: {host: 127.0.0.1}}, b: {modbus_tcp: {host: 127.0.0.2}}, c: {modbus_tcp: {host: 127.0.0.3}}}
            devices:
              one: {connection: a, unit_id: 1, rated_power: 75 kW, template: eastron/sdm630}
              two: {connection: b, unit_id: 1, rated_power: 75 kW, template: eastron/sdm630}
              own:
                connection: c
                unit_id: 1
                points:
                  p: {table: holding, address: 7, type: u16}
                  q: {table: holding, address: 7, type: u16}
                  r: {table: holding, address: 8, type: u16}
              less: {connection: c, unit_id: 2, rated_power: 60 kW, template: eastron/sdm630}
            """, ".", _ => null);
        Assert.Empty(faults);
        // What is rated otherwise is another point; what nothing rates is the same one.
        var less = map!.Plant.Devices[0].Points.Zip(map.Plant.Devices[3].Points).ToLookup(p => p.First.RatedPerSecond == p.Second.RatedPerSecond);
        Assert.NotEmpty(less[false]);
        Assert.All(less[true], p => Assert.Same(p.First.Traits, p.Second.Traits));
        var (one, two, own) = (map.Plant.Devices[0], map.Plant.Devices[1], map.Plant.Devices[2]);
        foreach (var (a, b) in one.Points.Zip(two.Points))
        {
            Assert.True(a.Options.SameAs(b.Options));
            Assert.Equal((4, 5), (a.Options.Mark.Line, b.Options.Mark.Line));
            Assert.Equal((4, 5, "one." + a.Name, "two." + a.Name), (a.Mark.Line, b.Mark.Line, a.Path, b.Path));
            Assert.Same(a.Traits, b.Traits);
        }
        var address = (Option<long>)map.Registrations.DriverSchemas.First(d => d.Key == "modbus_tcp").Point.Find("address")!;
        Assert.Equal([(7L, 10), (7L, 11), (8L, 12)], own.Points.Select(p => (p.Options.Get(address), p.Options.MarkOf(address).Line)));
        Assert.Contains("eastron/sdm630", map.Text, StringComparison.Ordinal);
    }
}
