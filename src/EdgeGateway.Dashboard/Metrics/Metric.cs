namespace EdgeGateway.Dashboard.Metrics;

/// <summary>A family of metrics: its description and how to read it. <c>/metrics</c> and its reference page are made of the same table.</summary>
/// <param name="Name">Name without the prefix <c>edgegateway_</c>; a counter ends in <c>_total</c>, a unit stands last.</param>
/// <param name="Kind"><c>counter</c> or <c>gauge</c>.</param>
/// <param name="Help">What it counts, one sentence.</param>
/// <param name="Labels">Names of its labels.</param>
/// <param name="Read">Its present values.</param>
internal sealed record Metric(string Name, string Kind, string Help, IReadOnlyList<string> Labels, Func<IGatewayView, IEnumerable<MetricValue>> Read)
{
    public const string Prefix = "edgegateway_";

    public static Metric Counter(string name, string help, Func<IGatewayView, double> read) => new(name, "counter", help, [], g => [new(read(g))]);

    public static Metric Gauge(string name, string help, Func<IGatewayView, double> read) => new(name, "gauge", help, [], g => [new(read(g))]);
}

/// <summary>A value and the values of its labels.</summary>
internal readonly record struct MetricValue(double Value, params string[] Labels);
