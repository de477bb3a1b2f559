using System.Net;
using System.Security.Cryptography.X509Certificates;
using EdgeGateway.Dashboard.Access;
using EdgeGateway.Dashboard.Api;
using EdgeGateway.Dashboard.Live;
using EdgeGateway.Dashboard.Pages;
using EdgeGateway.Pipeline.Control;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Dashboard;

/// <summary>Serves page, API, health and metrics. It reads the gateway and cannot hold it up: whatever fails here ends here. What it has done goes the way of the control socket's commands.</summary>
public sealed partial class DashboardServer
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(30);
    private readonly IGatewayView _gateway;
    private readonly DashboardOptions _options;
    private readonly IReadOnlyList<IControlCommand> _commands;
    private readonly ILoggerFactory _logging;
    private readonly ILogger _log;
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Makes the server; <see cref="RunAsync"/> opens it.</summary>
    /// <param name="gateway">What is shown.</param>
    /// <param name="options">How it is served.</param>
    /// <param name="commands">What may be done from the page by whoever has the role.</param>
    /// <param name="log">For the few lines worth saying.</param>
    public DashboardServer(IGatewayView gateway, DashboardOptions options, IReadOnlyList<IControlCommand> commands, ILoggerFactory log)
    {
        (_gateway, _options, _commands, _logging) = (gateway, options, commands, log);
        _log = log.CreateLogger<DashboardServer>();
    }

    /// <summary>Readers of the live stream.</summary>
    internal LiveStreams Streams { get; } = new();

    /// <summary>Completes with the address once it is open.</summary>
    public Task<Uri> Listening => _listening.Task;

    /// <summary>Serves until cancelled. A taken port is said, and tried again: the gateway measures meanwhile.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ServeAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                LogClosed(_options.Listen, problem.Message, Again.TotalSeconds);
            }
            await Task.Delay(Again, _gateway.Time, cancellationToken).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task ServeAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "edgegateway" });
        builder.Services.AddSingleton(_logging);
        // The process has its own ways to end.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore();
        if (_options.Certificate is not null) builder.WebHost.UseKestrelHttpsConfiguration();
        using var certificate = _options.LoadCertificate();
        builder.WebHost.ConfigureKestrel(k => Limit(k, certificate));
        await using var app = builder.Build();

        var live = new LiveReport(_gateway);
        var gate = new Gate(!IPAddress.IsLoopback(_options.Listen.Address), new UserShelf(_options.Users), _gateway.Time, _logging);
        var routes = new RouteTable(_gateway, Streams, live, gate, new ActionEndpoint(_commands, gate, _gateway.Time, _logging));
        app.Run(new RequestPipeline(routes.All, new PageFiles(), new HostRule(_options.Hosts), gate, OpenApi.Document(routes.All, _gateway.Version), _logging).HandleAsync);
        await app.StartAsync(cancellationToken);
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        _listening.TrySetResult(address);
        LogOpen(address);
        try
        {
            await new LiveLoop(_gateway, live, Streams).RunAsync(cancellationToken);
        }
        finally
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1), TimeProvider.System);
            await app.StopAsync(limit.Token);
        }
    }

    private void Limit(KestrelServerOptions kestrel, X509Certificate2? certificate)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = 200;
        kestrel.Limits.MaxRequestBodySize = 64 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Listen(_options.Listen, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (_options.Certificate is not null) listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => certificate);
        });
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The page is at {Address}.")]
    private partial void LogOpen(Uri address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The page at {Listen} cannot be opened: {Problem} Free the port, or set dashboard.listen. The gateway measures meanwhile; the page is tried again in {Seconds} s.")]
    private partial void LogClosed(IPEndPoint listen, string problem, double seconds);

    private sealed class NoLifetime : IHostLifetime
    {
        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
