using System.Globalization;

namespace EdgeGateway.Tests.Processes;

/// <summary>Registers of a pymodbus meter as a map's skeleton.</summary>
public sealed class DumpTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-dump-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_stretch_of_registers_becomes_a_skeleton_that_lies_over_the_map()
    {
        await using var meter = await WatchedMeter.StartAsync(_folder.FullName);
        var map = Path.Combine(_folder.FullName, "plant.yaml");
        var text = string.Create(CultureInfo.InvariantCulture, $$"""
            gateway: {id: gw-01}
            connections:
              net: {modbus_tcp: {host: 127.0.0.1, port: {{meter.Port}} } }
            devices:
              meter: {connection: net, unit_id: 2, rated_power: 5 kW, template: eastron/sdm630}

            """);
        File.WriteAllText(map, text);
        var (code, output) = await GatewayProcess.RunAsync("dump", map, "meter", "--table", "input", "--address", "0x46", "--count", "6");
        Assert.True(code == 0, output);
        Assert.Contains("6 of 6 answered", output, StringComparison.Ordinal);
        // 2 000.xx kWh as the meter has it.
        Assert.Matches(@"r0048: \{table: input, address: 0x0048, type: u16\}    # \d+ \(0x44F.\); with the next .*f32 ABCD 20\d\d", output);

        File.WriteAllText(Path.Combine(_folder.FullName, "dump.yaml"), string.Join('\n', output.Split('\n').SkipWhile(l => !l.StartsWith('#'))) + "\n");
        File.WriteAllText(map, "overlay: dump.yaml\n" + text.Replace(", template: eastron/sdm630", ", points: {}", StringComparison.Ordinal));
        (code, output) = await GatewayProcess.RunAsync("validate", map);
        Assert.True(code == 0, output);
        Assert.Contains("6 points", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_dumped_is_said()
    {
        var map = Path.Combine(_folder.FullName, "plant.yaml");
        File.WriteAllText(map, "gateway: {id: gw-01}\nconnections: {net: {modbus_tcp: {host: 127.0.0.1, port: 1}}}\ndevices: {meter: {connection: net, points: {p: {address: 0, type: u16}}}}\n");
        Assert.Contains("did you mean 'meter'?", (await GatewayProcess.RunAsync("dump", map, "metre")).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await GatewayProcess.RunAsync("dump", map, "meter", "--count", "0")).ExitCode);
        Assert.Equal(2, (await GatewayProcess.RunAsync("dump", map, "meter", "--address", "66000")).ExitCode);
    }
}
