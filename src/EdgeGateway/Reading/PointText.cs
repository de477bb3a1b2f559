using System.Globalization;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Reading;

/// <summary>A point's sample in words.</summary>
internal static class PointText
{
    /// <summary>The value in the point's unit, or <c>-</c> where there is none.</summary>
    public static string Value(PointMap point, in LatestValue value) => !value.Quality.HasValue() ? "-" : point.Kind switch
    {
        PointKind.Gauge => value.Number.ToString("0.######", CultureInfo.InvariantCulture),
        PointKind.Counter => Counted(point, value.Integer),
        PointKind.State => ((MachineState)value.Integer).Word(),
        _ => Printable(value.Text ?? ""),
    };

    /// <summary>Text of a device without what would steer a terminal.</summary>
    public static string Printable(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c)) : text;

    /// <summary>Steps × resolution × ratio, exactly; a register beyond that range is shown in steps.</summary>
    private static string Counted(PointMap point, long steps)
    {
        try
        {
            return new ExactDecimal(steps, 0).Multiply(point.Resolution).Multiply(point.Ratio).ToString();
        }
        catch (OverflowException)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{steps} steps");
        }
    }
}
