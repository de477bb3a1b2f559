using System.Net.Sockets;
using System.Text;
using EdgeGateway.Control;
using EdgeGateway.Peers;

namespace EdgeGateway.Tests.Processes;

/// <summary>The control socket as a stranger and as an operator meet it.</summary>
public sealed class ControlTests : IDisposable
{
    private const string Map = """
        gateway: {id: gw-01, clock_wait: 0s}
        connections: {net: {modbus_tcp: {host: 127.0.0.1, port: 1}}}
        devices:
          drive:
            connection: net
            unit_id: 1
            points: {speed: {address: 0, type: u16, unit: W, writable: {min: 0, max: 1500}}}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-control-");
    private readonly string _map;
    private readonly string _store;

    public ControlTests()
    {
        _map = Path.Combine(_folder.FullName, "plant.yaml");
        _store = Path.Combine(_folder.FullName, "data", "gateway.db");
        File.WriteAllText(_map, Map);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Without_a_gateway_there_is_nobody_to_ask()
    {
        var (code, output) = await GatewayProcess.RunAsync("write", _map, "drive.speed", "900");
        Assert.Equal(1, code);
        Assert.Contains("No gateway runs on", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_that_only_reads_refuses_to_write()
    {
        await using var gateway = await StartAsync();
        var (code, output) = await GatewayProcess.RunAsync("write", _map, "drive.speed", "900");
        Assert.Equal(1, code);
        Assert.Contains("--enable-writes", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_is_asked_of_the_running_gateway()
    {
        var (code, output) = await GatewayProcess.RunAsync("health", _map);
        Assert.Equal(1, code);
        Assert.Contains("No gateway runs on", output, StringComparison.Ordinal);
        await using var gateway = await StartAsync();
        (code, output) = await GatewayProcess.RunAsync("health", _map);
        Assert.True(code == 0, output);
        Assert.Contains("Lives", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_socket_is_the_owners_alone_and_goes_with_the_gateway()
    {
        var socket = ControlPath.Of(_store)!;
        await using (var killed = await StartAsync())
        {
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(socket));
            killed.Kill();
            await killed.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        Assert.True(File.Exists(socket));
        await using var next = await StartAsync();
        var (_, output) = await GatewayProcess.RunAsync("write", _map, "drive.speed", "900");
        Assert.Contains("--enable-writes", output, StringComparison.Ordinal);
        next.Signal("INT");
        await next.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.False(File.Exists(socket));
    }

    [Fact]
    public async Task Nonsense_is_answered_or_cut_off_and_hurts_nobody()
    {
        await using var gateway = await StartAsync();
        Assert.Contains("not one line of JSON", await SayAsync("hello\n"), StringComparison.Ordinal);
        Assert.Contains("not one line of JSON", await SayAsync("null\n"), StringComparison.Ordinal);
        Assert.Contains("not one line of JSON", await SayAsync("{\"command\":null,\"arguments\":{},\"by\":\"x\"}\n"), StringComparison.Ordinal);
        Assert.Contains("has no command", await SayAsync("{\"command\":\"fly\",\"arguments\":{},\"by\":\"x\"}\n"), StringComparison.Ordinal);
        Assert.Equal("", await SayAsync(new string('a', ControlLine.Longest + 1)));
        Assert.Contains("There is no counter", await SayAsync("{\"command\":\"replace\",\"arguments\":{\"point\":\"drive.speed\"},\"by\":\"x\"}\n"), StringComparison.Ordinal);
        Assert.Contains("only reads", await SayAsync("{\"command\":\"write\",\"arguments\":{\"point\":\"a\"},\"by\":\"x\"}\n"), StringComparison.Ordinal);
    }

    private async Task<PeerProcess> StartAsync()
    {
        var gateway = GatewayProcess.Start(["run", _map]);
        await gateway.SaysAsync("runs:");
        await Until.TrueAsync(Connects, "the control socket to answer");
        return gateway;
    }

    private bool Connects()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(ControlPath.Of(_store)!));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task<string> SayAsync(string text)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(ControlPath.Of(_store)!));
        try
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            for (var sent = 0; sent < bytes.Length;) sent += await socket.SendAsync(bytes.AsMemory(sent));
            var line = await ControlLine.ReadAsync(socket, TestContext.Current.CancellationToken);
            return line is null ? "" : Encoding.UTF8.GetString(line);
        }
        catch (SocketException)
        {
            return "";
        }
    }
}
