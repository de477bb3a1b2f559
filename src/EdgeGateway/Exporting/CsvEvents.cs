using System.Globalization;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Publishing.Exporting;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Exporting;

/// <summary>Events as rows of a table.</summary>
internal static class CsvEvents
{
    public static readonly string[] Columns = ["gateway", "id", "event", "time", "subject", "details"];

    /// <summary>The row of an event.</summary>
    public static List<string[]> Rows(ItemFormatSetup setup, EventItem item)
    {
        var happening = item.Happening;
        return [[setup.GatewayId, item.Id.ToString(CultureInfo.InvariantCulture), happening.Kind.Word(), UtcMicros.Format(happening.At), happening.Subject, string.Join("; ", happening.Details.Select(d => d.Key + "=" + d.Value))]];
    }
}
