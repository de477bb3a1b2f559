using System.Net;
using System.Text.Json;
using EdgeGateway.Peers;

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

    [Fact]
    public async Task Coal_and_carbon_lead_to_the_rows_they_rest_on()
    {
        await demo.HasFiguresAsync();
        var overview = await demo.JsonAsync("/api/v1/overview");
        var today = overview.GetProperty("units")[1].GetProperty("today");
        var sums = await demo.JsonAsync($"/api/v1/sums?unit=line-1&from={today.GetProperty("from").GetString()}&to={today.GetProperty("to").GetString()}");
        var sets = sums.GetProperty("sets").EnumerateArray().ToDictionary(s => s.GetProperty("kind").GetString()!);
        Assert.StartsWith("gbt2589-2020/", sets["coefficients"].GetProperty("stamp").GetString(), StringComparison.Ordinal);
        var row = Assert.Single(sets["coefficients"].GetProperty("rows").EnumerateArray());
        Assert.Equal("electricity", row.GetProperty("carrier").GetString());
        Assert.Contains("2589", row.GetProperty("document").GetString(), StringComparison.Ordinal);
        decimal Number(JsonElement of, string name) => decimal.Parse(of.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        var kgce = sums.GetProperty("figures").EnumerateArray().First(f => f.GetProperty("id").GetString() == "kgce").GetProperty("quantity");
        var energy = sums.GetProperty("carriers").GetProperty("electricity");
        // Each window's coal equivalent is rounded to six places; their sum is that of the kWh within as many halves.
        Assert.True(Math.Abs(Number(kgce, "value") - Number(energy, "value") * Number(row, "value")) < 0.001m, $"{kgce} of {energy}");
        Assert.Contains(sets["factors"].GetProperty("rows").EnumerateArray(), r => r.GetProperty("use").GetString() == "location");
    }

    [Fact]
    public async Task What_the_map_aims_at_and_calls_its_pieces_is_told()
    {
        var unit = (await demo.JsonAsync("/api/v1/gateway")).GetProperty("units").EnumerateArray().First(u => u.GetProperty("unit").GetString() == "line-1");
        Assert.Equal("piece", unit.GetProperty("item").GetString());
        Assert.Equal("0.012", unit.GetProperty("targets").GetProperty("kWh_per_good").GetString());
        Assert.Equal("0.012", (await demo.JsonAsync("/api/v1/overview")).GetProperty("units")[1].GetProperty("targets").GetProperty("kWh_per_good").GetString());
    }

    [Fact]
    public async Task Events_can_be_asked_for_by_kind()
    {
        var all = (await demo.JsonAsync("/api/v1/events")).GetProperty("events").EnumerateArray().Select(e => e.GetProperty("event").GetString()).ToArray();
        Assert.Contains("clock_trusted", all);
        Assert.All((await demo.JsonAsync("/api/v1/events?kind=clock_trusted")).GetProperty("events").EnumerateArray(), e => Assert.Equal("clock_trusted", e.GetProperty("event").GetString()));
        Assert.Equal(0, (await demo.JsonAsync("/api/v1/events?kind=operator")).GetProperty("events").GetArrayLength());
    }

    [Theory]
    [InlineData("/api/v1/history", "unit is missing")]
    [InlineData("/api/v1/history?unit=nowhere", "no unit 'nowhere'")]
    [InlineData("/api/v1/history?unit=line-1&kind=2m", "'2m' is no window")]
    [InlineData("/api/v1/history?unit=line-1&from=yesterday", "'yesterday' is no time")]
    [InlineData("/api/v1/sums?unit=line-1&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "from must lie before to")]
    [InlineData("/api/v1/samples?point=nowhere.power", "no point 'nowhere.power'")]
    [InlineData("/api/v1/samples?point=plc.good-1&from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z", "at most 6 h")]
    [InlineData("/api/v1/events?before=-1", "is no number")]
    public async Task A_wrong_request_is_told_what_is_wrong(string path, string says)
    {
        using var response = await demo.Client.GetAsync(new Uri(demo.Page, path), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(says, JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Samples_of_a_point_come_from_the_log_in_spans()
    {
        var gauge = await demo.JsonAsync("/api/v1/samples?point=line-1-meter.power");
        Assert.Equal("W", gauge.GetProperty("unit").GetString());
        var good = gauge.GetProperty("good").EnumerateArray().Select(g => g.GetInt32()).ToArray();
        Assert.InRange(good.Length, 300, 600);
        Assert.True(good.Sum() > 3);
        for (var i = 0; i < good.Length; i++)
        {
            Assert.Equal(good[i] > 0, gauge.GetProperty("mean")[i].ValueKind == JsonValueKind.Number);
            if (good[i] > 0) Assert.InRange(gauge.GetProperty("mean")[i].GetDouble(), gauge.GetProperty("min")[i].GetDouble() - 1e-9, gauge.GetProperty("max")[i].GetDouble() + 1e-9);
        }
        var registers = (await demo.JsonAsync("/api/v1/samples?point=line-1-meter.energy")).GetProperty("register").EnumerateArray().Where(r => r.ValueKind == JsonValueKind.String).Select(r => long.Parse(r.GetString()!, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.NotEmpty(registers);
        Assert.Equal(registers.Order(), registers);
    }

    [Fact]
    public async Task Raw_words_are_those_that_the_value_was_made_of()
    {
        var judged = 0;
        // The first question begins the keeping; a bus may be a poll ahead of what is shown, and then shows none.
        await Until.TrueAsync(async () =>
        {
            judged = 0;
            foreach (var device in (await demo.JsonAsync("/api/v1/devices")).GetProperty("connections")[0].GetProperty("devices").EnumerateArray())
            {
                foreach (var point in device.GetProperty("points").EnumerateArray().Where(p => p.GetProperty("words").ValueKind == JsonValueKind.String)) judged += Judge(device.GetProperty("name").GetString()!, point);
            }
            return judged >= 13;
        }, "registers beside every value", TimeSpan.FromMinutes(2));

        static int Judge(string device, JsonElement point)
        {
            var words = Convert.FromHexString(point.GetProperty("words").GetString()!.Replace(" ", "", StringComparison.Ordinal));
            var (name, kind, value) = (point.GetProperty("point").GetString(), point.GetProperty("kind").GetString(), point.GetProperty("value").GetString());
            // Decoded here by hand, from the demo's map: floats of two registers, counters of one number, states of one register, a voltage in tenths.
            var expected = (kind, name) switch
            {
                ("state", _) => words[1] switch { 0 => "stopped", 1 => "idle", _ => "running" },
                ("gauge", "voltage") => (System.Buffers.Binary.BinaryPrimitives.ReadUInt16BigEndian(words) / 10.0).ToString("0.######", System.Globalization.CultureInfo.InvariantCulture),
                ("gauge", _) => ((double)System.Buffers.Binary.BinaryPrimitives.ReadSingleBigEndian(words)).ToString("0.######", System.Globalization.CultureInfo.InvariantCulture),
                _ when device == "incoming-meter" => null,
                _ => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(words).ToString(System.Globalization.CultureInfo.InvariantCulture),
            };
            if (expected is not null) Assert.Equal(expected, kind == "counter" ? point.GetProperty("raw").GetString() : value);
            return 1;
        }
    }

    [Fact]
    public async Task On_loopback_nothing_can_be_changed()
    {
        foreach (var action in new[] { "replace", "clock_trust", "quarantine_replay", "quarantine_drop", "reload" })
        {
            using var response = await demo.Client.PostAsync(new Uri(demo.Page, "/api/v1/actions/" + action), new StringContent("{}"), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Contains("Without a login the page only shows", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        using var users = await demo.Client.GetAsync(new Uri(demo.Page, "/api/v1/users"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, users.StatusCode);
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
