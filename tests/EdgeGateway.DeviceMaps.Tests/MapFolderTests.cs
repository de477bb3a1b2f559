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
    [InlineData("none/*.yaml", "its folder does not exist.")]
    [InlineData("*.yml", "no file is called so.")]
    [InlineData("d*/a.yaml", "'*' and '?' may stand in the file's name only, not in that of a folder.")]
    [InlineData("gone.yaml", "it does not exist.")]
    public void What_is_not_there_is_a_fault(string include, string problem)
    {
        Write("plant.yaml", $"gateway: {{id: gw}}\ninclude: '{include}'\n");
        var fault = Assert.Single(MapFile.Load(Path.Combine(_folder.FullName, "plant.yaml")).Faults);
        Assert.Equal((2, 10), (fault.Mark.Line, fault.Mark.Column));
        Assert.StartsWith($"include: '{include}': {problem}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_is_not_written_has_no_state()
    {
        // As of a map named without its folder, which includes "".
        Assert.Equal("", MapFolder.PathOf("", "plant.yaml"));
        Assert.Equal(FileState.Of([Path.Combine(_folder.FullName, "a.yaml")]), FileState.Of(["", Path.Combine(_folder.FullName, "a.yaml")]));
    }

    [Fact]
    public void One_map_with_something_of_everything()
    {
        Write("plant.yaml", """
            gateway: {id: gw-01, timezone: Asia/Shanghai, site: foshan-1, enterprise_code: 91440000XXXXXXXXXX}
            include: [devices/*.yaml]
            connections:
              bus-1: {modbus_rtu: {port: /dev/ttyUSB0, baud: 9600, parity: even}}
              plc-a: {opc_ua: {endpoint: "opc.tcp://192.168.1.20:4840", policy: Basic256Sha256, mode: sign_and_encrypt, password: "${file:SECRET}"}}
            devices:
              press-meter: {connection: bus-1, unit_id: 3, template: eastron/sdm630, rated_power: 75 kW, poll: 1s}
            units:
              workshop-a: {}
              line-1: {parent: workshop-a, electricity: press-meter.energy_import, output: {good: plc-1.good, item: piece}, state: plc-1.state, value_added: 12.5 CNY}
            metering: {windows: [1m, 15m, 1h, 1d], factors: cn-guangdong-2023, coefficients: gbt2589-2020}
            publish:
              platform: {mqtt: {url: "mqtts://platform.example:8883", format: json}}
              national: {mqtt: {url: "mqtts://platform.example:8883", client_id: gw-01-n, format: national-record, parameters: {device_id: D1, scope: "3"}, codes: {line-1.electricity: "0101010101330001"}}}
              history:  {influx: {url: "http://10.0.0.9:8086", version: 2, org: plant, bucket: energy, token: "${env:PATH}"}}

            """.Replace("SECRET", Path.Combine(_folder.FullName, "secret"), StringComparison.Ordinal));
        Write("secret", " with a blank before and a line end\n");
        Write("devices/plc.yaml", """
            devices:
              plc-1:
                connection: plc-a
                points:
                  good:  {node: "nsu=urn:plant:plc;s=Line1.Good", kind: counter, modulus: 4294967296, max_rate: 60/min}
                  state: {node: "nsu=urn:plant:plc;s=Line1.State", kind: state, map: {0: stopped, 1: idle, 2: running}}

            """);
        var outcome = MapFile.Read(Path.Combine(_folder.FullName, "plant.yaml"));
        Assert.Empty(outcome.Faults);
        var plant = outcome.Map!.Plant;
        Assert.Equal(("foshan-1", "91440000XXXXXXXXXX"), (plant.Gateway.Site, plant.Gateway.EnterpriseCode));
        Assert.Equal(" with a blank before and a line end", Assert.Single(plant.Connections[1].Options.Secrets).Reveal());
        Assert.DoesNotContain("blank", outcome.Map.Text, StringComparison.Ordinal);
        Assert.Equal(["plant.yaml", "devices/*.yaml", "devices/plc.yaml", "templates/eastron/sdm630.yaml"],
            outcome.Files.Where(f => !f.Contains("coefficients/", StringComparison.Ordinal) && !f.Contains("factors/", StringComparison.Ordinal)).Select(f => Path.GetRelativePath(_folder.FullName, f)).OrderBy(f => f.Length));
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
