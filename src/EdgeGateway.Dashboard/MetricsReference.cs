using EdgeGateway.Dashboard.Live;
using EdgeGateway.Dashboard.Metrics;

namespace EdgeGateway.Dashboard;

/// <summary>The reference page of the metrics, from the table behind <c>/metrics</c>.</summary>
public static class MetricsReference
{
    /// <summary>The page in Markdown, with LF line ends.</summary>
    public static string Markdown() => MetricsText.Reference(new MetricTable(new LiveStreams()).All);
}
