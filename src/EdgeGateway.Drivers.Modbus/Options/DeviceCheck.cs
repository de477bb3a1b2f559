using System.Globalization;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Modbus.Pdu;
using EdgeGateway.Modbus.Registers;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.Modbus.Options;

/// <summary>What no single option can tell: whether a point can be read and decoded as it is declared.</summary>
internal static class DeviceCheck
{
    public static void Run(DeviceMap device, FaultList faults)
    {
        foreach (var point in device.Points) Check(device, point, faults);
    }

    private static void Check(DeviceMap device, PointMap point, FaultList faults)
    {
        var type = point.Options.Get(ModbusTcpOptions.Type);
        var typeMark = point.Options.MarkOf(ModbusTcpOptions.Type);
        var address = point.Options.Get(ModbusTcpOptions.Address);
        if (address + type.Width() > FunctionCodes.AddressCount)
        {
            Add(faults, point.Options.MarkOf(ModbusTcpOptions.Address), $"{point.Path}: {type.Width()} registers from address {address} on reach beyond 65535.");
        }
        var most = device.Options.Get(ModbusTcpOptions.MaxRegisters);
        if (type.Width() > most) Add(faults, typeMark, $"{point.Path}: the type takes {type.Width()} registers, but {device.Name} answers max_registers: {most} at once.");
        if (point.Kind == PointKind.Text) Add(faults, point.Mark, $"{point.Path}: text cannot be read from number registers; use kind gauge, counter or state.");
        if (point.Kind == PointKind.State && type.IsFloat()) Add(faults, typeMark, $"{point.Path}: a state is a whole number; use an integer type such as u16.");
        CheckScale(point, faults);
        CheckSentinel(point, type, faults);
    }

    private static void CheckScale(PointMap point, FaultList faults)
    {
        if (point.Kind == PointKind.Counter && point.Resolution.Mantissa <= 0) Add(faults, point.Mark, $"{point.Path}: a counter's resolution must be above 0.");
        try
        {
            Scale(point);
        }
        catch (OverflowException)
        {
            Add(faults, point.Mark, $"{point.Path}: resolution × ratio has too many digits.");
        }
    }

    private static void CheckSentinel(PointMap point, RegisterType type, FaultList faults)
    {
        if (!point.Options.Has(ModbusTcpOptions.Sentinel) || type.Width() == 4) return;
        var value = point.Options.Get(ModbusTcpOptions.Sentinel);
        var bits = 16 * type.Width();
        if (value < -(1L << (bits - 1)) || value >= 1L << bits) Add(faults, point.Options.MarkOf(ModbusTcpOptions.Sentinel), $"{point.Path}: the sentinel does not fit {bits} bits.");
    }

    /// <summary>The factor of a gauge's raw number; of a counter, the value of one step (its ratio applies to totals, not to steps).</summary>
    public static ExactDecimal Scale(PointMap point) => point.Kind == PointKind.Gauge ? point.Resolution.Multiply(point.Ratio) : point.Resolution;

    private static void Add(FaultList faults, Mark mark, FormattableString message) => faults.Add(mark, message.ToString(CultureInfo.InvariantCulture));
}
