using EdgeGateway.Composition;

namespace EdgeGateway.DeviceMaps.Tests;

/// <summary>Maps of several real files, with a folder of templates beside them.</summary>
public sealed class MapFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-maps-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Patterns_templates_and_places()
    {
        Write("plant.yaml", "gateway: {id: gw}\ninclude: [./net/../net.yaml, devices/*.yaml]\nunits: {line: {electricity: [a.energy_import, b.energy]}}\n");
        Write("net.yaml", "connections: {net: {modbus_tcp: {host: h}}}\n");
        Write("devices/a.yaml", "devices: {a: {connection: net, template: eastron/sdm630, rated_power: 75 kW}}\n");
        Write("devices/b.yaml", "devices: {b: {connection: net, template: own/meter, rated_power: 75 kW}}\n");
        Write("devices/.c.yml", "not read");
        Write("templates/own/meter.yaml", "template: {title: t, drivers: [modbus_tcp], values: none, source: me}\npoints: {energy: {address: 1, type: u32, kind: counter, unit: kWh}}\n");
        var (map, faults) = MapFile.Load(Path.Combine(_folder.FullName, "plant.yaml"));
        Assert.Empty(faults);
        Assert.Equal(["a", "b"], map!.Plant.Devices.Select(d => d.Name));
        Assert.Equal(["eastron/sdm630", "own/meter"], map.Plant.Devices.Select(d => d.Template));
        Assert.Equal(2, MapFile.ParseStored(map.Text, map.Registrations)!.Units[0].Inputs.Length);

        // One's own template of the same name comes first, and its faults are its own.
        Write("templates/eastron/sdm630.yaml", "template: {title: t, drivers: [modbus_tcp], values: none, source: me}\npoints: {energy_import: {adress: 1, type: u32}}\n");
        faults = MapFile.Load(Path.Combine(_folder.FullName, "plant.yaml")).Faults;
        Assert.Contains(faults, f => f.ToString() == Path.Combine(_folder.FullName, "templates/eastron/sdm630.yaml") + ":2:26: Unknown key 'adress' in point 'a.energy_import'; did you mean 'address'?");
    }

    [Theory]
    [InlineData("none/*.yaml", "the folder cannot be read: ")]
    [InlineData("*.yml", "no file is called so.")]
    [InlineData("d*/a.yaml", "'*' and '?' may stand in the file's name only, not in that of a folder.")]
    [InlineData("gone.yaml", "Could not find file")]
    public void What_is_not_there_is_a_fault(string include, string problem)
    {
        Write("plant.yaml", $"gateway: {{id: gw}}\ninclude: '{include}'\n");
        var fault = Assert.Single(MapFile.Load(Path.Combine(_folder.FullName, "plant.yaml")).Faults);
        Assert.Equal((2, 10), (fault.Mark.Line, fault.Mark.Column));
        Assert.StartsWith($"include: '{include}': {problem}", fault.Message, StringComparison.Ordinal);
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
