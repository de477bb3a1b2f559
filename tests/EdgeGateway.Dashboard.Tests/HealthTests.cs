using System.Net;

namespace EdgeGateway.Dashboard.Tests;

[Collection(nameof(RunningDemo))]
public class HealthTests(RunningDemo demo)
{
    [Fact]
    public async Task A_gateway_that_measures_is_alive_and_ready()
    {
        Assert.Equal("alive", (await demo.JsonAsync("/healthz")).GetProperty("status").GetString());
        Assert.Equal("ready", (await demo.JsonAsync("/readyz")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Metrics_are_in_the_format_of_Prometheus_and_count()
    {
        var text = await demo.Client.GetStringAsync(new Uri(demo.Page, "/metrics"), TestContext.Current.CancellationToken);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.Matches("""^(# (HELP|TYPE) edgegateway_[a-z_]+ .+|edgegateway_[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[0-9.eE+-]+)$""", line));
        Assert.Equal(lines.Where(l => l.StartsWith("# TYPE", StringComparison.Ordinal)).Distinct().Count(), lines.Count(l => l.StartsWith("# TYPE", StringComparison.Ordinal)));
        Assert.Contains(lines, l => l.StartsWith("edgegateway_bus_responses_total{connection=\"plant\"} ", StringComparison.Ordinal) && !l.EndsWith(" 0", StringComparison.Ordinal));
        // Of every bus and every device: round trip, utilisation, errors by kind, skips.
        foreach (var name in (string[])["requests_total", "skipped_cycles_total", "stray_frames_total", "foreign_frames_total", "busy_seconds_total", "utilisation_ratio"])
            Assert.Contains(lines, l => l.StartsWith($"edgegateway_bus_{name}{{connection=\"plant\"}} ", StringComparison.Ordinal));
        foreach (var name in (string[])["online", "timeouts_total", "exceptions_total", "malformed_total", "second_answers_total", "skipped_cycles_total", "round_trip_seconds", "round_trip_mean_seconds", "round_trip_slowest_seconds"])
            Assert.Contains(lines, l => l.StartsWith($"edgegateway_device_{name}{{device=", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("edgegateway_device_round_trip_mean_seconds{", StringComparison.Ordinal) && !l.EndsWith(" 0", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("edgegateway_store_records_total ", StringComparison.Ordinal) && !l.EndsWith(" 0", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("edgegateway_publisher_connected{publisher=\"inside\"} ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_reference_page_of_the_metrics_is_up_to_date()
    {
        var path = Path.Combine(EdgeGateway.Tests.Repository.Root, "docs/metrics.md");
        Assert.True(File.ReadAllText(path) == MetricsReference.Markdown(), "Run: edgegateway reference --of metrics > docs/metrics.md");
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    public async Task A_name_that_is_not_this_box_is_refused(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(demo.Page, "/api/v1/overview")) { Headers = { Host = host } };
        using var response = await demo.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("POST", "/api/v1/login", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("POST", "/api/v1/login", null, HttpStatusCode.NotFound)]
    [InlineData("POST", "/api/v1/logout", null, HttpStatusCode.Forbidden)]
    [InlineData("PUT", "/api/v1/overview", null, HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/api/v1/events", "null", HttpStatusCode.Forbidden)]
    [InlineData("TRACE", "/", null, HttpStatusCode.NotFound)]
    public async Task On_loopback_nothing_can_be_changed(string method, string path, string? origin, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(demo.Page, path));
        if (origin is not null) request.Headers.Add("Origin", origin);
        using var response = await demo.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData("/../Directory.Build.props")]
    [InlineData("/assets/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/page/status.html")]
    [InlineData("/index.html.br")]
    public async Task Only_files_of_the_page_are_served(string path)
    {
        using var response = await demo.Client.GetAsync(new Uri(demo.Page, path), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Every_answer_forbids_foreign_content_and_frames()
    {
        foreach (var path in new[] { "/", "/api/v1/live", "/nothing" })
        {
            using var response = await demo.Client.GetAsync(new Uri(demo.Page, path), TestContext.Current.CancellationToken);
            Assert.Contains("default-src 'none'", string.Join(' ', response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.Equal("nosniff", string.Join(' ', response.Headers.GetValues("X-Content-Type-Options")));
            Assert.False(response.Headers.Contains("Server"));
        }
    }
}
