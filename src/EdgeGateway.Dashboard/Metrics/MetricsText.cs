using System.Globalization;
using System.Text;

namespace EdgeGateway.Dashboard.Metrics;

/// <summary>Renders metrics in the text format of Prometheus, version 0.0.4.</summary>
internal static class MetricsText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Render(IEnumerable<Metric> metrics, IGatewayView gateway)
    {
        var text = new StringBuilder(16 * 1024);
        foreach (var metric in metrics)
        {
            text.Append("# HELP ").Append(Metric.Prefix).Append(metric.Name).Append(' ').Append(metric.Help).Append('\n');
            text.Append("# TYPE ").Append(Metric.Prefix).Append(metric.Name).Append(' ').Append(metric.Kind).Append('\n');
            foreach (var value in metric.Read(gateway)) Line(text, metric, value);
        }
        return text.ToString();
    }

    /// <summary>The reference page in Markdown.</summary>
    public static string Reference(IEnumerable<Metric> metrics)
    {
        var page = new StringBuilder("# Metrics\n\nMade from the table behind `/metrics`; do not edit. Prometheus text format, no login on loopback, a machine token elsewhere. Counters begin at zero with the process.\n\n"
            + "| Name | Kind | Labels | Meaning |\n|---|---|---|---|\n");
        foreach (var m in metrics)
        {
            page.Append(CultureInfo.InvariantCulture, $"| `{Metric.Prefix}{m.Name}` | {m.Kind} | {string.Join(", ", m.Labels.Select(l => $"`{l}`"))} | {m.Help} |\n");
        }
        return page.ToString();
    }

    private static void Line(StringBuilder text, Metric metric, in MetricValue value)
    {
        text.Append(Metric.Prefix).Append(metric.Name);
        for (var i = 0; i < metric.Labels.Count; i++)
        {
            text.Append(i == 0 ? '{' : ',').Append(metric.Labels[i]).Append("=\"");
            Escape(text, value.Labels[i]);
            text.Append('"');
        }
        if (metric.Labels.Count > 0) text.Append('}');
        text.Append(' ').Append(Number(value.Value)).Append('\n');
    }

    /// <summary>A name from a map or device cannot leave its quotes or its line.</summary>
    private static void Escape(StringBuilder text, string label)
    {
        foreach (var c in label)
        {
            if (c == '\n') text.Append("\\n");
            else if (c is '"' or '\\') text.Append('\\').Append(c);
            else text.Append(c);
        }
    }

    private static string Number(double value) => double.IsNaN(value) ? "NaN" : double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
