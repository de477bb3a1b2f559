using System.Globalization;
using EdgeGateway.Peers;
using EdgeGateway.Tests.Identity;

namespace EdgeGateway.Tests.Processes;

/// <summary>Whose time a running gateway follows. The kernel's word on NTP is that of the machine the test runs on, asked by another program; all else is the test's own.</summary>
public sealed class ClockTests : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-clock-");
    private readonly TestHost _host;
    private readonly string _map;
    private Meter? _meter;

    public ClockTests()
    {
        _map = Path.Combine(_folder.FullName, "plant.yaml");
        _host = TestHost.Pi(Path.Combine(_folder.FullName, "host"), "5f0c0ffee", "10000000aaaaaaaa");
        Boots("boot-1");
    }

    public async ValueTask DisposeAsync()
    {
        if (_meter is not null) await _meter.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task An_operator_vouches_until_the_next_boot_and_the_battery_clock_after_it()
    {
        await WriteMapAsync("");
        var ntp = await KernelSaysNtpAsync();
        await using (var gateway = Start())
        {
            if (!ntp)
            {
                await StatusAsync("The clock is awaited", "ntp      does not vouch", "rtc      does not vouch", "device   does not vouch", "operator does not vouch");
                await gateway.SaysAsync("Nobody vouches for this machine's clock yet");
            }
            var (code, output) = await GatewayProcess.RunAsync("clock", "trust", _map);
            Assert.True(code == 0, output);
            Assert.Contains("operator vouches for 20", output, StringComparison.Ordinal);
            await StatusAsync(ntp ? ", by ntp." : ", by operator.", ntp ? "ntp      vouches" : "ntp      does not vouch");
            await StopAsync(gateway);
        }
        await using (var gateway = Start())
        {
            await StatusAsync(ntp ? ", by ntp." : ", by operator.", "operator vouches");
            await StopAsync(gateway);
        }
        // The machine boots: the operator's word is gone. A battery clock that went on since the last commit speaks instead.
        Boots("boot-2");
        _host.Write("sys/class/rtc/rtc0/since_epoch", DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) + "\n");
        await using (var gateway = Start())
        {
            await StatusAsync(ntp ? ", by ntp." : ", by rtc.", "rtc      vouches", "operator does not vouch");
            await StopAsync(gateway);
        }
        // It boots with an empty battery.
        Boots("boot-3");
        _host.Write("sys/class/rtc/rtc0/since_epoch", "946684807\n");
        await using (var gateway = Start())
        {
            await StatusAsync(ntp ? ", by ntp." : "The clock is awaited", "rtc      does not vouch", "operator does not vouch");
            await StopAsync(gateway);
        }
    }

    [Fact]
    public async Task The_clock_of_a_modbus_device_that_the_map_names_is_believed()
    {
        await WriteMapAsync(", clock_device: plc.clock, timezone: UTC");
        var ntp = await KernelSaysNtpAsync();
        await using var gateway = Start();
        await StatusAsync(ntp ? ", by ntp." : ", by device.", "device   vouches for " + DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH", CultureInfo.InvariantCulture));
        if (!ntp) await gateway.SaysAsync("Clock trusted (device)");
    }

    [Fact]
    public async Task A_device_named_as_a_clock_must_be_there_and_have_one()
    {
        await WriteMapAsync(", clock_device: plc.clok");
        var (code, output) = await GatewayProcess.RunAsync("validate", _map);
        Assert.Equal(1, code);
        Assert.Contains("there is no device or point 'plc.clok'; did you mean 'plc.clock'?", output, StringComparison.Ordinal);
        await WriteMapAsync(", clock_device: m.energy");
        (code, output) = await GatewayProcess.RunAsync("validate", _map);
        Assert.Equal(1, code);
        Assert.Contains("'m.energy' is no text", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_asked_where_no_gateway_runs()
    {
        File.WriteAllText(_map, "gateway: {id: gw-01}");
        var (code, output) = await GatewayProcess.RunAsync("clock", "status", _map);
        Assert.Equal(1, code);
        Assert.Contains("No gateway runs on", output, StringComparison.Ordinal);
    }

    private async Task WriteMapAsync(string gateway)
    {
        _meter ??= await Meter.StartAsync(_folder.FullName);
        File.WriteAllText(_map, string.Create(CultureInfo.InvariantCulture, $$$$"""
            gateway: {id: gw-01, clock_wait: 1h{{{{gateway}}}}}
            store: {commit: 200ms}
            connections: {net: {modbus_tcp: {host: 127.0.0.1, port: {{{{_meter.Port}}}}}}}
            devices:
              m: {connection: net, unit_id: 1, rated_power: 75 kW, poll: 500ms, points: {energy: {table: input, address: 0x48, type: f32, kind: counter, unit: kWh, resolution: 0.01}}}
              plc: {connection: net, unit_id: 10, poll: 500ms, points: {clock: {table: holding, address: 0x20, kind: text, type: date_unix}}}
            units: {line-1: {electricity: m.energy}}
            metering: {base: 2s}
            """));
    }

    private PeerProcess Start() => GatewayProcess.Start(["run", _map], _host.Environment);

    private void Boots(string id) => _host.Write("proc/sys/kernel/random/boot_id", id + "\n");

    private static async Task StopAsync(PeerProcess gateway)
    {
        gateway.Signal("INT");
        await gateway.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(gateway.ExitCode == 0, gateway.Output);
    }

    /// <summary>Asks until the answer holds all of it.</summary>
    private async Task StatusAsync(params string[] lines)
    {
        var output = "";
        try
        {
            await Until.TrueAsync(async () =>
            {
                (_, output) = await GatewayProcess.RunAsync("clock", "status", _map);
                return lines.All(l => output.Contains(l, StringComparison.Ordinal));
            }, "the status", TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{string.Join(" | ", lines)} is not in\n{output}");
        }
    }

    /// <summary>adjtimex(2) as Python asks it: not TIME_ERROR and not STA_UNSYNC.</summary>
    private static async Task<bool> KernelSaysNtpAsync()
    {
        const string ask = "import ctypes; c=ctypes.CDLL(None); b=ctypes.create_string_buffer(208); r=c.adjtimex(b); print('ntp' if 0<=r<5 and not int.from_bytes(b[40:44],'little')&0x40 else 'nobody')";
        await using var python = PeerProcess.Start("/usr/bin/python3", ["-c", ask]);
        await python.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Contains(python.Output, (string[])["ntp", "nobody"]);
        return python.Output == "ntp";
    }
}
