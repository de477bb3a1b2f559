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
    public static GatewayPage? Open(Gateway gateway, GatewayOptions options)
    {
        var map = options.Map.Plant.Dashboard;
        if (map.Listen is not { } listen) return null;
        var folder = options.Map.Folder;
        return new GatewayPage(new DashboardServer(new GatewayView(gateway, options.Time), new DashboardOptions
        {
            Listen = listen,
            Hosts = map.Hosts,
            Certificate = map.Certificate is null ? null : Path.Combine(folder, map.Certificate),
            Key = map.Key is null ? null : Path.Combine(folder, map.Key),
            Users = Path.Combine(folder, map.Users),
        }, options.Log));
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _serving;
        _ending.Dispose();
    }
}
