using System.Net;
using System.Text.Json;

namespace EdgeGateway.Dashboard.Tests;

[Collection(nameof(RunningDemo))]
public class ApiTests(RunningDemo demo)
{
    [Fact]
    public async Task The_overview_sums_what_the_history_lists()
    {
        var overview = await demo.JsonAsync("/api/v1/overview");
        foreach (var unit in overview.GetProperty("units").EnumerateArray())
        {
            var (name, today) = (unit.GetProperty("unit").GetString()!, unit.GetProperty("today"));
            var from = today.GetProperty("from").GetString()!;
            var history = await demo.JsonAsync($"/api/v1/history?unit={name}&kind=5s&from={from}&to={today.GetProperty("to").GetString()}");
            var sum = history.GetProperty("kwh").EnumerateArray().Sum(v => decimal.Parse(v.GetString()!, System.Globalization.CultureInfo.InvariantCulture));
            var stated = decimal.Parse(today.GetProperty("carriers").GetProperty("electricity").GetProperty("value").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
            // Each listed window is rounded to six places by itself; the stated sum is rounded once.
            Assert.True(Math.Abs(sum - stated) <= 0.0000005m * (history.GetProperty("kwh").GetArrayLength() + 1), $"{name}: {sum} and {stated}");
        }
    }

    [Fact]
    public async Task A_figure_leads_to_the_totals_of_its_registers()
    {
        var history = await demo.JsonAsync("/api/v1/history?unit=line-1&kind=5s");
        var start = DateTimeOffset.FromUnixTimeSeconds(history.GetProperty("start_s")[0].GetInt64()).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var record = await demo.JsonAsync($"/api/v1/record?unit=line-1&kind=5s&start={start}");
        var input = record.GetProperty("sums").GetProperty("inputs").EnumerateArray().First(i => i.GetProperty("carrier").GetString() == "electricity");
        Assert.Equal("line-1-meter.energy", input.GetProperty("point").GetString());
        decimal Number(string name) => decimal.Parse(input.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(Number("amount"), Math.Round((Number("t1") - Number("t0")) / 65_536m * Number("step") * Number("ratio"), 6, MidpointRounding.ToEven));
        Assert.Equal(history.GetProperty("kwh")[0].GetString(), input.GetProperty("amount").GetString());
    }

    [Theory]
    [InlineData("/api/v1/history", "unit is missing")]
    [InlineData("/api/v1/history?unit=nowhere", "no unit 'nowhere'")]
    [InlineData("/api/v1/history?unit=line-1&kind=2m", "'2m' is no window")]
    [InlineData("/api/v1/history?unit=line-1&from=yesterday", "'yesterday' is no time")]
    [InlineData("/api/v1/sums?unit=line-1&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "from must lie before to")]
    [InlineData("/api/v1/events?before=-1", "is no number")]
    public async Task A_wrong_request_is_told_what_is_wrong(string path, string says)
    {
        using var response = await demo.Client.GetAsync(new Uri(demo.Page, path), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(says, JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Devices_show_values_registers_and_the_backlog()
    {
        var answer = await demo.JsonAsync("/api/v1/devices");
        var points = answer.GetProperty("connections")[0].GetProperty("devices").EnumerateArray().SelectMany(d => d.GetProperty("points").EnumerateArray()).ToArray();
        Assert.All(points, p => Assert.Equal("good", p.GetProperty("quality").GetString()));
        Assert.Contains(points, p => p.GetProperty("kind").GetString() == "counter" && p.GetProperty("raw").GetString() is { Length: > 0 });
        Assert.True(answer.GetProperty("publishers")[0].GetProperty("backlog").TryGetProperty("records", out _));
    }

    [Fact]
    public async Task The_stream_says_every_second_what_is()
    {
        using var response = await demo.Client.GetAsync(new Uri(demo.Page, "/api/v1/stream"), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        for (var messages = 0; messages < 2;)
        {
            var line = await reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            Assert.NotNull(line);
            if (!line.StartsWith("data: ", StringComparison.Ordinal)) continue;
            Assert.Equal("demo", JsonDocument.Parse(line[6..]).RootElement.GetProperty("gateway").GetString());
            messages++;
        }
    }

    [Fact]
    public async Task The_document_describes_every_route_that_answers()
    {
        var document = await demo.JsonAsync("/api/v1/openapi.json");
        Assert.Equal("3.1.0", document.GetProperty("openapi").GetString());
        var overview = document.GetProperty("paths").GetProperty("/api/v1/overview").GetProperty("get");
        var shape = overview.GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("properties");
        var answer = await demo.JsonAsync("/api/v1/overview");
        Assert.All(answer.EnumerateObject(), member => Assert.True(shape.TryGetProperty(member.Name, out _), member.Name));
    }
}
