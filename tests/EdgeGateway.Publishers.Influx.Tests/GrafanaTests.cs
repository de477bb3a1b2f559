using System.Text.Json;
using System.Text.RegularExpressions;
using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Publishers.Influx.Tests;

/// <summary>Every query of the dashboards we ship, asked of a real database that our publisher filled: a field that is renamed or a query that is misspelt shows here, not on a wall.</summary>
public sealed partial class GrafanaTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "dashboards");

    [Fact]
    public async Task Every_query_of_the_dashboards_finds_what_the_publisher_wrote()
    {
        await using var server = await InfluxServer.StartAsync();
        await using var publisher = Target.Publisher(null, ("url", server.Url), ("version", "1"), ("database", InfluxServer.Database));
        await publisher.ConnectAsync(TestContext.Current.CancellationToken);
        PublishItem[] items = [new RecordItem(1, Quarter(Basis.Exact)), new RecordItem(2, Quarter(Basis.Estimated)), new TelemetryItem(3, Plant.MeterSamples()), new EventItem(4, Plant.Reset())];
        var outcomes = new Outcome[items.Length];
        await publisher.PublishAsync(items, outcomes, TestContext.Current.CancellationToken);
        Assert.All(outcomes, o => Assert.Equal(OutcomeKind.Accepted, o.Kind));

        var asked = 0;
        foreach (var file in Directory.GetFiles(Folder, "*.json"))
        {
            using var dashboard = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
            foreach (var query in Queries(dashboard.RootElement))
            {
                var rows = await server.QueryAsync(Filled(query));
                Assert.True(rows.Count > 0, $"{Path.GetFileName(file)}: nothing answers {query}");
                Assert.True(rows.Any(r => r.Any(c => c.Key != "time" && c.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))), $"{Path.GetFileName(file)}: only empty columns for {query}");
                asked++;
            }
        }
        Assert.True(asked >= 20, $"{asked} queries are fewer than the dashboards had");
    }

    [Fact]
    public void Dashboards_use_the_data_source_that_is_provisioned()
    {
        foreach (var file in Directory.GetFiles(Folder, "*.json"))
        {
            using var dashboard = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var panel in dashboard.RootElement.GetProperty("panels").EnumerateArray()) Assert.Equal("edgegateway", panel.GetProperty("datasource").GetProperty("uid").GetString());
        }
    }

    /// <summary>A quarter of an hour of the contract's line: one exact, and the next one estimated with a gap.</summary>
    private static WindowRecord Quarter(Basis basis)
    {
        var start = Plant.Start + (basis == Basis.Exact ? 0 : 15 * UtcMicros.PerMinute);
        var record = new WindowRecord
        {
            Unit = Plant.Line,
            Kind = WindowKind.QuarterHour,
            Start = start,
            End = start + 15 * UtcMicros.PerMinute,
            Revision = new Revision(1_795_478_400, 5000),
            CoveredMicros = (basis == Basis.Exact ? 15 : 9) * UtcMicros.PerMinute,
            Flags = basis == Basis.Exact ? WindowFlags.None : WindowFlags.Gap,
        };
        record.BeginSegment(record.Start, record.End, SegmentCut.WindowEnd, null, Plant.States(10 * UtcMicros.PerMinute, 5 * UtcMicros.PerMinute));
        record.Add(Plant.Input(Plant.Energy, InputRole.Purchased, 6_553_600, 14_640_742, 475_136) with { Basis = basis });
        record.Add(Plant.Input(Plant.Good, InputRole.Good, 0, 20 * 65_536, 65_536));
        record.Add(Plant.Input(Plant.Scrap, InputRole.Scrap, 0, 65_536, 65_536));
        record.Add(new Figure { Id = FigureId.KilowattHoursPerGood, Value = new ExactDecimal(61_700, -6) });
        return record;
    }

    private static IEnumerable<string> Queries(JsonElement dashboard)
    {
        foreach (var panel in dashboard.GetProperty("panels").EnumerateArray())
        {
            foreach (var target in panel.GetProperty("targets").EnumerateArray())
            {
                if (target.TryGetProperty("query", out var query)) yield return query.GetString()!;
            }
        }
        foreach (var variable in dashboard.GetProperty("templating").GetProperty("list").EnumerateArray())
        {
            if (variable.GetProperty("type").GetString() == "query") yield return variable.GetProperty("query").GetString()!;
        }
    }

    /// <summary>As Grafana fills it in for all units, the first window kind and the day.</summary>
    private static string Filled(string query)
    {
        var (from, to) = (Plant.Start * 1000, (Plant.Start + 24 * UtcMicros.PerHour) * 1000);
        var filled = query.Replace("$timeFilter", FormattableString.Invariant($"time >= {from} AND time < {to}"), StringComparison.Ordinal)
            .Replace("$__interval", "15m", StringComparison.Ordinal).Replace("$kind", "15m", StringComparison.Ordinal);
        filled = Variable().Replace(filled, ".*");
        Assert.DoesNotMatch(Unfilled(), filled);
        return filled;
    }

    [GeneratedRegex(@"\^\$(gateway|unit|device|point)\$")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\$[A-Za-z_]")]
    private static partial Regex Unfilled();
}
