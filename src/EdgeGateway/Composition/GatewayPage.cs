using EdgeGateway.Dashboard;

namespace EdgeGateway.Composition;

/// <summary>The page beside a running gateway: opened with it, ended with it, and never a reason to end it.</summary>
internal sealed class GatewayPage : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _serving;

    private GatewayPage(DashboardServer server)
    {
        Server = server;
        _serving = Task.Run(() => server.RunAsync(_ending.Token));
    }

    public DashboardServer Server { get; }

    /// <summary>Opens the page as the map says; null where the map switches it off.</summary>
    public static GatewayPage? Open(Gateway gateway, GatewayOptions options) =>
        Of(options.Map) is { } page ? new GatewayPage(new DashboardServer(new GatewayView(gateway, options.Time), page, options.Log)) : null;

    /// <summary>Why a gateway with this map must not start: a page that others could reach, without TLS or anybody to log in. Null where all is well.</summary>
    public static string? Problem(LoadedMap map) => Of(map)?.Problem();

    private static DashboardOptions? Of(LoadedMap loaded)
    {
        var map = loaded.Plant.Dashboard;
        return map.Listen is not { } listen ? null : new DashboardOptions
        {
            Listen = listen,
            Hosts = map.Hosts,
            Certificate = map.Certificate is null ? null : Path.Combine(loaded.Folder, map.Certificate),
            Key = map.Key is null ? null : Path.Combine(loaded.Folder, map.Key),
            Users = Path.Combine(loaded.Folder, map.Users),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _serving;
        _ending.Dispose();
    }
}
