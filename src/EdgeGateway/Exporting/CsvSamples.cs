using System.Globalization;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Publishing.Exporting;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Exporting;

/// <summary>Samples as rows of a table.</summary>
internal static class CsvSamples
{
    public static readonly string[] Columns = ["gateway", "device", "point", "time", "value", "measure", "steps", "quality"];

    /// <summary>The rows of an entry.</summary>
    /// <exception cref="PayloadException">The map no longer names any of its points.</exception>
    public static List<string[]> Rows(ItemFormatSetup setup, TelemetryItem item)
    {
        var rows = new List<string[]>();
        foreach (var sample in item.Samples)
        {
            if (setup.Names.Point(sample.Point) is { } point) rows.Add(Row(setup.GatewayId, point, sample));
        }
        return rows.Count > 0 ? rows : throw new PayloadException("The map no longer names any of the points.");
    }

    private static string[] Row(string gateway, PointName point, in SampleRow sample)
    {
        var (value, steps, quality) = ("", "", sample.Quality);
        if (quality.HasValue())
        {
            if (point.Kind == PointKind.Counter) steps = sample.Integer.ToString(CultureInfo.InvariantCulture);
            value = Value(point, sample);
            if (value is null) (value, quality) = ("", Quality.BadOutOfRange);
        }
        return [gateway, point.Device, point.Name, UtcMicros.Format(sample.Time), value, point.Unit.Symbol(), steps, quality.Word()];
    }

    private static string? Value(PointName point, in SampleRow sample)
    {
        switch (point.Kind)
        {
            case PointKind.Counter:
                if (!point.TryCounterValue(sample.Integer, out var mantissa, out var exponent)) return null;
                Span<byte> text = stackalloc byte[DecimalText.MaxLength];
                return System.Text.Encoding.ASCII.GetString(text[..DecimalText.Format(mantissa, exponent, 0, text)]);
            case PointKind.State:
                return sample.Integer.ToString(CultureInfo.InvariantCulture);
            case PointKind.Text:
                return sample.Text;
            default:
                return double.IsFinite(sample.Number) ? sample.Number.ToString("R", CultureInfo.InvariantCulture) : null;
        }
    }
}
