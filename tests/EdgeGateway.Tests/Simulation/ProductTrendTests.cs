using System.Globalization;
using System.Net;
using System.Text.Json;
using EdgeGateway.Composition;
using EdgeGateway.Dashboard;
using EdgeGateway.Records.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Tests.Simulation;

/// <summary>What products took by shift, as the API says it, against what truly happened: one product by the map, others by the point that opens the batches.</summary>
public sealed class ProductTrendTests
{
    private const string Calendar = """
        shifts:
          early: {start: "08:00", end: "09:30"}
          late: {start: "09:30", end: "11:00"}
        products:
          bracket: {price: 12 CNY}
          hinge: {codes: [running]}
        """;

    // Guangdong's of 2023, in force on the day of the plant.
    private const decimal GridFactor = 0.4419m;

    private static string Edit(string map) => map
        .Replace("gateway: {id: sim}", "gateway: {id: sim, timezone: UTC}", StringComparison.Ordinal)
        .Replace("metering: {base: 1m, windows: [15m, 1h]}", Calendar + "\nmetering: {base: 1m, windows: [15m, 1h, shift, batch], coefficients: gbt2589-2020, factors: cn-guangdong-2023}", StringComparison.Ordinal)
        .Replace("output: {good: plc.good-1, scrap: plc.scrap-1}", "output: {good: plc.good-1, scrap: plc.scrap-1, product: bracket}", StringComparison.Ordinal)
        .Replace("output: {good: plc.good-2, scrap: plc.scrap-2}", "batch: plc.state-2\n    output: {good: plc.good-2, scrap: plc.scrap-2, product: plc.state-2}", StringComparison.Ordinal);

    [Fact]
    public async Task Rows_of_products_add_up_to_the_shift_and_are_what_happened()
    {
        await using var run = new SimulatedRun(23) { Edit = Edit };
        run.StartGateway();
        await run.RunForAsync(TimeSpan.FromMinutes(306));
        await run.Gateway!.Store.FlushAsync(TestContext.Current.CancellationToken);
        using var ending = new CancellationTokenSource();
        var server = new DashboardServer(new GatewayView(run.Gateway, run.Clock), new DashboardOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0), Users = "none.json" }, run.Gateway.Commands, NullLoggerFactory.Instance);
        var serving = server.RunAsync(ending.Token);
        using var client = new HttpClient { BaseAddress = await server.Listening.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken), Timeout = TimeSpan.FromSeconds(30) };

        foreach (var unit in new[] { "line-1", "line-2" })
        {
            var history = await JsonAsync(client, $"/api/v1/history?unit={unit}&kind=shift");
            var products = await JsonAsync(client, $"/api/v1/products?unit={unit}&kind=shift");
            Assert.Equal(2, history.GetProperty("start_s").GetArrayLength());
            for (var i = 0; i < 2; i++)
            {
                var (id, start) = (history.GetProperty("window_id")[i].GetString(), history.GetProperty("start_s")[i].GetInt64());
                var rows = products.GetProperty("rows").EnumerateArray().Where(r => r.GetProperty("window_id").GetString() == id && r.GetProperty("start_s").GetInt64() == start).ToArray();
                Assert.Equal(Decimal(history.GetProperty("kwh")[i]), rows.Sum(r => Energy(r)), 5);
                Charged(history, i, rows, run.Plant.Ledger.EnergyOf(unit, start * UtcMicros.PerSecond, (start + 5400) * UtcMicros.PerSecond).KilowattHours);
                Assert.Equal(Decimal(history.GetProperty("good")[i]), rows.Sum(r => Decimal(Sums(r).GetProperty("good").GetProperty("value"))));
                if (unit == "line-1")
                {
                    var row = Assert.Single(rows);
                    Assert.Equal("bracket", row.GetProperty("product").GetString());
                    var (from, to) = (start * UtcMicros.PerSecond, (start + 5400) * UtcMicros.PerSecond);
                    var bound = Decimal(Sums(row).GetProperty("carriers").GetProperty("electricity").GetProperty("bound"));
                    Assert.True(Math.Abs(Energy(row) - (decimal)run.Plant.Ledger.EnergyOf("line-1", from, to).KilowattHours) <= bound);
                    var pieces = Sums(row).GetProperty("good");
                    Assert.True(Math.Abs(Decimal(pieces.GetProperty("value")) - run.Plant.Ledger.Good("line-1", from, to)) <= Decimal(pieces.GetProperty("bound")));
                    Assert.Contains(Sums(row).GetProperty("figures").EnumerateArray(), f => f.GetProperty("id").GetString() == "kgce_per_good");
                }
                else
                {
                    // Every good piece comes while the line runs; a poll of five seconds may see that a little later.
                    Assert.True(rows.Any(r => r.GetProperty("product").GetString() == "hinge"), string.Join('\n', rows));
                    var hinge = rows.Single(r => r.GetProperty("product").GetString() == "hinge");
                    Assert.True(Decimal(Sums(hinge).GetProperty("good").GetProperty("value")) >= 0.9m * rows.Sum(r => Decimal(Sums(r).GetProperty("good").GetProperty("value"))));
                    Assert.Contains(rows, r => r.GetProperty("product").GetString() is "idle" or "stopped" or null);
                }
            }
        }

        // The workshop has no pieces of its own: its products are those of its lines, and in all they are the sums of their rows.
        var all = await JsonAsync(client, "/api/v1/products?unit=workshop&kind=shift");
        foreach (var total in all.GetProperty("totals").EnumerateArray())
        {
            var rows = all.GetProperty("rows").EnumerateArray().Where(r => r.GetProperty("product").GetString() == total.GetProperty("product").GetString()).ToArray();
            Assert.Equal(Energy(total), rows.Sum(Energy), 5);
        }
        Assert.Equal(["bracket", "hinge"], all.GetProperty("totals").EnumerateArray().Select(t => t.GetProperty("product").GetString()).Where(p => p is "bracket" or "hinge"));
        var units = (await JsonAsync(client, "/api/v1/gateway")).GetProperty("units").EnumerateArray();
        Assert.All(units, u => Assert.True(u.GetProperty("by_product").GetBoolean()));
        // A batch is of one product.
        var batches = (await JsonAsync(client, "/api/v1/products?unit=line-2&kind=batch")).GetProperty("rows").EnumerateArray().ToArray();
        Assert.NotEmpty(batches);
        Assert.Equal(batches.Length, batches.Select(b => (b.GetProperty("window_id").GetString(), b.GetProperty("start_s").GetInt64())).Distinct().Count());
        await ending.CancelAsync();
        await serving;
    }

    /// <summary>Coal equivalent and carbon of the products are those of the shift to the last digit, each by what it used, and the shift's are those of what was truly used.</summary>
    private static void Charged(JsonElement history, int shift, JsonElement[] rows, decimal truth)
    {
        foreach (var (id, factor) in new[] { ("kgce", 0.1229m), ("kgCO2", GridFactor) })
        {
            var stated = Decimal(history.GetProperty("figures").GetProperty(id)[shift]);
            Assert.Equal(stated, rows.Sum(r => Figure(r, id)));
            Assert.All(rows, r => Assert.True(Math.Abs(Figure(r, id) - factor * Energy(r)) <= 0.000_002m, $"{id} {Figure(r, id)} of {Energy(r)} kWh"));
            var bound = rows.Sum(r => Decimal(Sums(r).GetProperty("carriers").GetProperty("electricity").GetProperty("bound")));
            Assert.True(Math.Abs(stated - factor * truth) <= factor * bound);
        }
        foreach (var made in rows.Where(r => Decimal(Sums(r).GetProperty("good").GetProperty("value")) > 0))
        {
            Assert.Equal(Math.Round(Figure(made, "kgce") / Decimal(Sums(made).GetProperty("good").GetProperty("value")), 6), Figure(made, "kgce_per_good"));
        }
    }

    private static decimal Figure(JsonElement row, string id) => Decimal(Sums(row).GetProperty("figures").EnumerateArray().Single(f => f.GetProperty("id").GetString() == id).GetProperty("quantity").GetProperty("value"));

    private static async Task<JsonElement> JsonAsync(HttpClient client, string path) => JsonDocument.Parse(await client.GetStringAsync(path, TestContext.Current.CancellationToken)).RootElement;

    private static JsonElement Sums(JsonElement row) => row.GetProperty("sums");

    private static decimal Energy(JsonElement row) => Decimal(Sums(row).GetProperty("carriers").GetProperty("electricity").GetProperty("value"));

    private static decimal Decimal(JsonElement text) => decimal.Parse(text.GetString()!, CultureInfo.InvariantCulture);
}
