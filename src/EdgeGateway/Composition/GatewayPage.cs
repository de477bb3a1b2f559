using EdgeGateway.Control;
using EdgeGateway.Dashboard;

namespace EdgeGateway.Composition;

/// <summary>The page beside a running gateway, and the export of its metrics: opened with it, ended with it, and never a reason to end it.</summary>
internal sealed class GatewayPage : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _serving;

    private GatewayPage(Gateway gateway, GatewayOptions options)
    {
        var view = new GatewayView(gateway, options.Time);
        Server = Of(options.Map) is { } page ? new DashboardServer(view, page, [.. gateway.Commands.Select(c => new ChineseAnswers(c))], options.Log) : null;
        var export = options.Map.Plant.Dashboard.Otlp is { } otlp ? new OtlpExport(view, otlp, Server, options.Log) : null;
        _serving = Task.WhenAll(Task.Run(() => Server?.RunAsync(_ending.Token) ?? Task.CompletedTask), Task.Run(() => export?.RunAsync(_ending.Token) ?? Task.CompletedTask));
    }

    /// <summary>The page; null where the map switches it off.</summary>
    public DashboardServer? Server { get; }

    /// <summary>Opens page and export of metrics as the map says.</summary>
    public static GatewayPage Open(Gateway gateway, GatewayOptions options) => new(gateway, options);

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
