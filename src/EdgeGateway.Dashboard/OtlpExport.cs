using System.Net.Http.Headers;
using EdgeGateway.Dashboard.Metrics;
using EdgeGateway.DeviceMaps.Plant;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Dashboard;

/// <summary>Sends the metrics behind <c>/metrics</c> to a collector of OpenTelemetry, again and again. What cannot be sent is said once and made good by the next: counters are cumulative.</summary>
/// <param name="gateway">What is looked at.</param>
/// <param name="options">Where to, and how often.</param>
/// <param name="page">The page, whose readers are counted; null where there is none.</param>
/// <param name="log">For the few lines worth saying.</param>
public sealed partial class OtlpExport(IGatewayView gateway, OtlpMap options, DashboardServer? page, ILoggerFactory log)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private readonly ILogger _log = log.CreateLogger<OtlpExport>();
    private readonly MetricTable _metrics = new(page?.Streams ?? new Live.LiveStreams());

    /// <summary>Sends until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = Limit };
        using var timer = new PeriodicTimer(options.Every, gateway.Time);
        string? said = null;
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                var problem = await SendAsync(client, cancellationToken);
                if (problem is not null && said is null) LogFailed(options.Url, problem, options.Every.TotalSeconds);
                if (problem is null && said is not null) LogBack(options.Url);
                said = problem;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>Null where the collector took it, else what went wrong.</summary>
    private async Task<string?> SendAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new ReadOnlyMemoryContent(OtlpText.Render(_metrics.All, gateway)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var request = new HttpRequestMessage(HttpMethod.Post, options.Url) { Content = content };
            if (options.Authorization is { } authorization) request.Headers.TryAddWithoutValidation("Authorization", authorization.Reveal());
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.IsSuccessStatusCode ? null : $"it answers {(int)response.StatusCode}.";
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException || problem is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return problem is OperationCanceledException ? $"no answer within {Limit.TotalSeconds:0} s." : problem.Message;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Metrics cannot be sent to {Collector}: {Problem} It is tried again every {Seconds} s; check dashboard.otlp.")]
    private partial void LogFailed(Uri collector, string problem, double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Metrics are taken by {Collector} again.")]
    private partial void LogBack(Uri collector);
}
