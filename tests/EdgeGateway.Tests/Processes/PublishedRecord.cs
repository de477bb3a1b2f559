using System.Globalization;
using System.Text.Json;
using EdgeGateway.Peers;

namespace EdgeGateway.Tests.Processes;

/// <summary>A window record as it arrived at a subscriber, read without any code of the product.</summary>
internal sealed record PublishedRecord(string Unit, string Kind, DateTimeOffset Start, DateTimeOffset End, (long Epoch, long Seq) Revision, JsonElement Json)
{
    public (string Unit, string Kind, DateTimeOffset Start) Key => (Unit, Kind, Start);

    public static PublishedRecord Of(MqttMessage message)
    {
        var json = JsonDocument.Parse(message.Payload).RootElement;
        var rev = json.GetProperty("rev");
        return new PublishedRecord(json.GetProperty("unit").GetString()!, json.GetProperty("kind").GetString()!, Time(json, "start"), Time(json, "end"), (rev[0].GetInt64(), rev[1].GetInt64()), json);
    }

    /// <summary>The newest revision of every key; the same revision twice must say the same.</summary>
    public static IReadOnlyList<PublishedRecord> Newest(IEnumerable<MqttMessage> messages)
    {
        var newest = new Dictionary<(string, string, DateTimeOffset), PublishedRecord>();
        foreach (var record in messages.Where(m => m.Topic.Contains("/records/", StringComparison.Ordinal)).Select(Of))
        {
            if (newest.TryGetValue(record.Key, out var known))
            {
                if (known.Revision == record.Revision) Assert.Equal(known.Json.GetRawText(), record.Json.GetRawText());
                if (known.Revision.CompareTo(record.Revision) >= 0) continue;
            }
            newest[record.Key] = record;
        }
        return [.. newest.Values.OrderBy(r => r.Unit, StringComparer.Ordinal).ThenBy(r => r.Kind, StringComparer.Ordinal).ThenBy(r => r.Start)];
    }

    public double Kwh => Json.GetProperty("electricity").GetProperty("kWh").GetDouble();

    public double? Bound => Json.GetProperty("electricity").GetProperty("bound") is { ValueKind: JsonValueKind.Number } bound ? bound.GetDouble() : null;

    public string Basis => Json.GetProperty("electricity").GetProperty("basis").GetString()!;

    public (long T0, long T1) Totals
    {
        get
        {
            var input = Json.GetProperty("electricity").GetProperty("inputs")[0];
            return (long.Parse(input.GetProperty("t0").GetString()!, CultureInfo.InvariantCulture), long.Parse(input.GetProperty("t1").GetString()!, CultureInfo.InvariantCulture));
        }
    }

    private static DateTimeOffset Time(JsonElement json, string name) => DateTimeOffset.Parse(json.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
