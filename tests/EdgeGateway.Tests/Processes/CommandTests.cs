using System.Text.Json;

namespace EdgeGateway.Tests.Processes;

public sealed class CommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-commands-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_demo_shows_figures_and_ends_by_itself()
    {
        var (code, output) = await GatewayProcess.RunAsync("demo", "--for", "17s");
        Assert.True(code == 0, output);
        Assert.Matches(@"\d\d:\d\d:\d\d 5s +line-1 +\d+\.\d{4} +\d+ ", output);
        Assert.Contains(" exact", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", output, StringComparison.Ordinal);
        Assert.Matches(@"[1-9]\d* MQTT messages", output);
    }

    [Theory]
    [InlineData("validate")]
    [InlineData("run")]
    [InlineData("read")]
    public async Task A_faulty_map_stops_with_every_fault_named(string command)
    {
        var map = Write("""
            gateway: {id: gw-01}
            connections:
              net: {modbus_tcp: {host: 127.0.0.1, prot: 502}}
            devices:
              meter:
                connection: net
                unit_id: 300
                pol: 1s
                points: {energy: {address: 0, type: f32, kind: counter, unit: kWh}}
            """);
        var (code, output) = await GatewayProcess.RunAsync(command, map);
        Assert.Equal(1, code);
        Assert.Contains($"{map}:3:39: ", output, StringComparison.Ordinal);
        Assert.Contains("did you mean 'port'?", output, StringComparison.Ordinal);
        Assert.Contains("did you mean 'poll'?", output, StringComparison.Ordinal);
        Assert.Contains($"{map}:7:14: ", output, StringComparison.Ordinal);
        Assert.Contains("rated_power", output, StringComparison.Ordinal);
        Assert.Contains(" faults.", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\tgateway: x")]
    [InlineData("gateway: {id: [")]
    [InlineData("")]
    [InlineData("gateway: &a {id: gw, x: *a}")]
    public async Task Text_that_is_no_map_is_refused_with_its_place(string text)
    {
        var map = Write(text);
        var (code, output) = await GatewayProcess.RunAsync("run", map);
        Assert.Equal(1, code);
        Assert.StartsWith($"{map}:1:", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_map_that_is_not_there_is_said_to_be_missing()
    {
        var (code, output) = await GatewayProcess.RunAsync("validate", Path.Combine(_folder.FullName, "none.yaml"));
        Assert.Equal(1, code);
        Assert.Contains("cannot be read", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_map_with_doubts_is_valid_for_programs_too()
    {
        var map = Write("gateway: {id: gw-01}\nunits: {一车间: {}}\n");
        var (code, output) = await GatewayProcess.RunAsync("validate", map, "--format", "json", "--language", "zh");
        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(output);
        Assert.True(json.RootElement.GetProperty("valid").GetBoolean());
        var doubt = Assert.Single(json.RootElement.GetProperty("faults").EnumerateArray());
        Assert.Equal(("warning", 2, 9, "单元“一车间”及其下级都没有电表：不会给出它的能耗。"), (doubt.GetProperty("severity").GetString(), doubt.GetProperty("line").GetInt32(), doubt.GetProperty("column").GetInt32(), doubt.GetProperty("message").GetString()));
        (_, output) = await GatewayProcess.RunAsync("validate", map, "--language", "zh");
        Assert.Contains("有效：0 条线路、0 台设备、0 个测点、1 个单元、0 个上传目标。", output, StringComparison.Ordinal);
        (_, output) = await GatewayProcess.RunAsync("validate", map, "--language", "en");
        Assert.Contains("Valid: 0 connections, 0 devices, 0 points, 1 unit, 0 publishers.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_line_cannot_do_is_a_fault_and_the_plan_shows_why()
    {
        var map = Write("""
            gateway: {id: gw-01}
            connections: {bus: {modbus_rtu: {port: /dev/null, baud: 1200}}}
            devices: {meter: {connection: bus, unit_id: 1, poll: 100ms, points: {power: {address: 0, type: f32, unit: W}}}}
            """);
        var (code, output) = await GatewayProcess.RunAsync("validate", map);
        Assert.Equal(1, code);
        Assert.Contains("its bytes alone take", output, StringComparison.Ordinal);
        (code, output) = await GatewayProcess.RunAsync("plan", map);
        Assert.Equal(1, code);
        Assert.Contains("holding registers 0-1", output, StringComparison.Ordinal);
        Assert.Contains("times the time there is", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("demo", "--for", "soon")]
    [InlineData("run")]
    [InlineData("fly")]
    public async Task A_wrong_command_line_has_exit_code_2(params string[] arguments)
    {
        var (code, output) = await GatewayProcess.RunAsync(arguments);
        Assert.Equal(2, code);
        Assert.NotEmpty(output);
    }

    [Fact]
    public async Task Help_is_worth_reading()
    {
        var (code, output) = await GatewayProcess.RunAsync("--help");
        Assert.Equal(0, code);
        foreach (var word in new[] { "demo", "validate", "read", "run", "Exit codes" }) Assert.Contains(word, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_held_by_another_gateway_has_exit_code_3()
    {
        var map = Write("""
            gateway: {id: gw-01, clock_wait: 0s}
            connections: {net: {modbus_tcp: {host: 127.0.0.1, port: 1}}}
            devices: {meter: {connection: net, unit_id: 1, points: {power: {address: 0, type: f32, unit: W}}}}
            """);
        await using var first = GatewayProcess.Start(["run", map]);
        await first.SaysAsync("runs:");
        var (code, output) = await GatewayProcess.RunAsync("run", map);
        Assert.Equal(3, code);
        Assert.Contains(first.Pid.ToString(System.Globalization.CultureInfo.InvariantCulture), output, StringComparison.Ordinal);
    }

    private string Write(string text)
    {
        var path = Path.Combine(_folder.FullName, "plant.yaml");
        File.WriteAllText(path, text);
        return path;
    }
}
