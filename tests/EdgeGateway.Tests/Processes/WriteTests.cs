using System.Globalization;
using System.Text.RegularExpressions;
using EdgeGateway.Peers;

namespace EdgeGateway.Tests.Processes;

/// <summary>Writing by the shipped program to a pymodbus drive, which says what it was asked; mbpoll then looks for itself.</summary>
public sealed class WriteTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-write-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_value_goes_through_the_gate_to_the_drive_and_one_beyond_its_limits_does_not()
    {
        await using var drive = await DriveAsync();
        await using var gateway = await StartAsync(drive, "--enable-writes");
        var (code, output) = await WriteAsync("42.5");
        Assert.True(code == 0, output);
        Assert.Contains("gives it back", output, StringComparison.Ordinal);
        (code, output) = await WriteAsync("51");
        Assert.Equal(1, code);
        Assert.Contains("outside 0 to 50", output, StringComparison.Ordinal);
        await Until.TrueAsync(() => drive.Writes() is ["asked 1 6 10 1"], $"one write at the drive; {drive.Process.Output}");
        await using var mbpoll = PeerProcess.Start("mbpoll", ["-m", "tcp", "-1", "-a", "1", "-0", "-r", "10", "-t", "4", "-p", drive.Port, "127.0.0.1"]);
        await mbpoll.SaysAsync("425");
    }

    [Fact]
    public async Task A_gateway_that_only_reads_sends_no_write_however_it_is_asked()
    {
        await using var drive = await DriveAsync();
        await using var gateway = await StartAsync(drive);
        var (code, output) = await WriteAsync("42.5");
        Assert.Equal(1, code);
        Assert.Contains("only reads", output, StringComparison.Ordinal);
        var seen = drive.Process.Lines.Count;
        await Until.TrueAsync(() => drive.Process.Lines.Count >= seen + 5, "polls to go on");
        Assert.Empty(drive.Writes());
    }

    // What the process shows for the paths it is asked by, the sources show for all: one place makes writing requests, one makes that place, and one grants the permit it needs.
    [Theory]
    [InlineData(@"\b(WriteSingle|WriteManyRequest|MaskWrite|ReadWriteRequest)\b", "EdgeGateway.Modbus/", "EdgeGateway.Drivers.Modbus/Writing/WritePoint.cs", "EdgeGateway.Drivers.Modbus/Writing/WriteJob.cs")]
    [InlineData(@"new WritePoint\(", "EdgeGateway.Drivers.Modbus/Polling/BusLayout.cs")]
    [InlineData(@"new WriteJob\(", "EdgeGateway.Drivers.Modbus/Writing/WritePoint.cs")]
    [InlineData(@"WritePermit\.Grant\(", "EdgeGateway/Commands/RunCommand.cs")]
    public void There_is_one_path_to_a_write_and_one_permit_for_it(string made, params string[] places)
    {
        var source = Path.Combine(Repository.Root, "src");
        var seen = Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories).Where(f => Regex.IsMatch(File.ReadAllText(f), made))
            .Select(f => Path.GetRelativePath(source, f).Replace('\\', '/')).Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(seen);
        Assert.All(seen, file => Assert.Contains(places, p => file.StartsWith(p, StringComparison.Ordinal)));
    }

    private async Task<PeerProcess> StartAsync(Drive drive, params string[] options)
    {
        await File.WriteAllTextAsync(Map, """
            gateway: {id: gw-01, clock_wait: 0s}
            connections: {net: {modbus_tcp: {host: 127.0.0.1, port: PORT}}}
            devices:
              drive:
                connection: net
                unit_id: 1
                poll: 200ms
                points: {speed: {address: 10, type: u16, unit: Hz, resolution: 0.1, writable: {min: 0, max: 50, every: 0s}}}
            """.Replace("PORT", drive.Port, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var gateway = GatewayProcess.Start(["run", Map, .. options]);
        await gateway.SaysAsync("runs:");
        await Until.TrueAsync(() => drive.Process.Lines.Any(l => l.StartsWith("asked 1 3", StringComparison.Ordinal)), $"the first poll; {gateway.Output}");
        return gateway;
    }

    private string Map => Path.Combine(_folder.FullName, "plant.yaml");

    private Task<(int ExitCode, string Output)> WriteAsync(string value) => GatewayProcess.RunAsync("write", Map, "drive.speed", value);

    private static async Task<Drive> DriveAsync()
    {
        var port = FreePort.Next();
        var text = port.ToString(CultureInfo.InvariantCulture);
        var process = PeerProcess.Start("/usr/bin/python3", [Path.Combine(Repository.Root, "tests", "EdgeGateway.Drivers.Modbus.Tests", "peers", "drive.py"), "tcp", text]);
        await process.ListensAsync(port);
        return new Drive(process, text);
    }

    private sealed record Drive(PeerProcess Process, string Port) : IAsyncDisposable
    {
        /// <summary>Accesses by a function that writes.</summary>
        public string[] Writes() => [.. Process.Lines.Where(l => l.Split(' ') is ["asked", _, "5" or "6" or "15" or "16" or "22" or "23", ..])];

        public ValueTask DisposeAsync() => Process.DisposeAsync();
    }
}
