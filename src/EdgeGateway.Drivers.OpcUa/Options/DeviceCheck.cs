using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.OpcUa.Options;

/// <summary>What no single option can tell.</summary>
internal static class DeviceCheck
{
    public static void Run(DeviceMap device, FaultList faults)
    {
        foreach (var point in device.Points) Check(point, faults);
    }

    private static void Check(PointMap point, FaultList faults)
    {
        if (point.Kind != PointKind.Gauge && point.Options.Has(OpcUaOptions.Deadband))
            faults.Add(point.Options.MarkOf(OpcUaOptions.Deadband), $"{point.Path}: a deadband would hide steps of a {point.Kind.ToString().ToLowerInvariant()}; it is for gauges only.");
        if (point.Kind != PointKind.Counter && point.Options.Has(OpcUaOptions.Format))
            faults.Add(point.Options.MarkOf(OpcUaOptions.Format), $"{point.Path}: format is for counters; other kinds take what the node has.");
        if (point.Kind == PointKind.Counter && point.Resolution.Mantissa <= 0) faults.Add(point.Mark, $"{point.Path}: a counter's resolution must be above 0.");
        try
        {
            Scale(point);
        }
        catch (OverflowException)
        {
            faults.Add(point.Mark, $"{point.Path}: resolution × ratio has too many digits.");
        }
    }

    /// <summary>The factor of a gauge's raw number; of a counter, the value of one step (its ratio applies to totals, not to steps).</summary>
    public static ExactDecimal Scale(PointMap point) => point.Kind == PointKind.Gauge ? point.Resolution.Multiply(point.Ratio) : point.Resolution;
}
