namespace EdgeGateway.Tests.Processes;

/// <summary><c>plan</c> by the shipped program: what it would ask, and whether each line has the time for it.</summary>
public sealed class PlanTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-plan-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Every_request_is_shown_with_the_time_it_takes_and_nothing_is_opened()
    {
        // Neither the port nor the address exists.
        var (code, output) = await PlanAsync("""
            gateway: {id: gw-01}
            connections:
              bus: {modbus_rtu: {port: /dev/does-not-exist, baud: 9600, parity: even}}
              net: {modbus_tcp: {host: 192.0.2.1, request_gap: 25ms}}
            devices:
              meter:
                connection: bus
                unit_id: 3
                poll: 1s
                max_registers: 10
                points:
                  a: {address: 100, type: f32}
                  b: {address: 108, type: f32}
                  c: {address: 110, type: u16}
                  slow: {address: 111, type: u16, poll: 10s}
              plc: {connection: net, unit_id: 1, poll: 1s, single_reads: true, points: {a: {address: 0, type: u16}, b: {address: 1, type: u16}}}
            """);
        Assert.True(code == 0, output);
        Assert.Contains("/dev/does-not-exist (9600 8E1)", output, StringComparison.Ordinal);
        // 8 + 25 characters of eleven bits, two silences of 4.011 ms, 20 ms of the device.
        Assert.Matches(@"meter +3 +holding registers 100-109 +2 +1s +65\.8 ms +6\.6 %", output);
        Assert.Matches(@"meter +3 +holding register 110 +1 +1s ", output);
        Assert.Matches(@"meter +3 +holding register 111 +1 +10s ", output);
        Assert.Contains("3 requests; everything once takes", output, StringComparison.Ordinal);
        Assert.Matches(@"plc +1 +holding register 0 +1 +1s +45\.0 ms", output);
        Assert.Matches(@"plc +1 +holding register 1 +1 +1s +45\.0 ms", output);
    }

    [Fact]
    public async Task A_line_without_the_time_is_told_with_what_its_periods_become()
    {
        var devices = string.Join('\n', Enumerable.Range(1, 30).Select(u => $"  d{u}: {{connection: bus, unit_id: {u}, poll: 1s, points: {{a: {{address: 0, type: u16}}, b: {{address: 99, type: u16}}}}, read_over: 124}}"));
        var (code, output) = await PlanAsync("gateway: {id: gw-01}\nconnections: {bus: {modbus_rtu: {port: /dev/does-not-exist, baud: 9600}}}\ndevices:\n" + devices + "\n");
        Assert.True(code == 1, output);
        Assert.Contains("This line cannot do what the map asks", output, StringComparison.Ordinal);
        Assert.Matches(@"polled every 1s: about every 7\.\d s in fact", output);
    }

    [Fact]
    public async Task A_device_that_needs_more_rest_than_it_gets_is_told()
    {
        var (code, output) = await PlanAsync("""
            gateway: {id: gw-01}
            connections: {net: {modbus_tcp: {host: 192.0.2.1}}}
            devices:
              meter: {connection: net, unit_id: 1, poll: 1s, request_gap: 580ms, points: {a: {address: 0, type: u16}, b: {address: 200, type: u16}}}
            """);
        Assert.True(code == 1, output);
        Assert.Contains("the line is busy 4.0 % of the time", output, StringComparison.Ordinal);
        Assert.Contains("meter needs its request_gap behind every answer: what is asked of it takes 1.2 times", output, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output)> PlanAsync(string map)
    {
        var path = Path.Combine(_folder.FullName, "plant.yaml");
        await File.WriteAllTextAsync(path, map, TestContext.Current.CancellationToken);
        return await GatewayProcess.RunAsync("plan", path);
    }
}
