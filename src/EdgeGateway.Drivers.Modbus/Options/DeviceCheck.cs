using System.Globalization;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
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
        foreach (var point in device.Points)
        {
            CheckPlace(device, point, faults);
            CheckFormat(point, faults);
            CheckScale(point, faults);
            CheckSentinel(point, faults);
            if (point.Writable is not null) CheckWritable(point, faults);
        }
    }

    /// <summary>The same on a line where unit 0 is everybody.</summary>
    public static void RunSerial(DeviceMap device, FaultList faults)
    {
        if (device.Options.Get(ModbusOptions.UnitId) == 0) Add(faults, device.Options.MarkOf(ModbusOptions.UnitId), $"{device.Name}: unit_id 0 addresses every device of a serial line, and none of them answers.");
        Run(device, faults);
    }

    /// <summary>Items that a point takes in its table.</summary>
    public static int Width(PointMap point)
    {
        var type = point.Options.Get(ModbusOptions.Type);
        if (type == RegisterType.Text) return (int)point.Options.GetOr(ModbusOptions.Length, 1);
        return type.Width() * (point.Options.Has(ModbusOptions.Weights) ? Math.Max(1, point.Options.Get(ModbusOptions.Weights).Count) : 1);
    }

    /// <summary>The factor of a gauge's raw number; of a counter, the value of one step (its ratio applies to totals, not to steps).</summary>
    public static ExactDecimal Scale(PointMap point) => point.Kind == PointKind.Gauge ? point.Resolution.Multiply(point.Ratio) : point.Resolution;

    private static void CheckPlace(DeviceMap device, PointMap point, FaultList faults)
    {
        var width = Width(point);
        var address = point.Options.Get(ModbusOptions.Address);
        var table = point.Options.Get(ModbusOptions.Table);
        var type = point.Options.Get(ModbusOptions.Type);
        if (table.IsBits() && type != RegisterType.Bool) Add(faults, point.Options.MarkOf(ModbusOptions.Type), $"{point.Path}: coils and discrete inputs are of type bool.");
        if (address + width > FunctionCodes.AddressCount)
        {
            Add(faults, point.Options.MarkOf(ModbusOptions.Address), $"{point.Path}: {width} registers from address {address} on reach beyond 65535.");
        }
        var most = device.Options.Get(ModbusOptions.MaxRegisters);
        if (!table.IsBits() && width > most) Add(faults, point.Options.MarkOf(ModbusOptions.Type), $"{point.Path}: the type takes {width} registers, but {device.Name} answers max_registers: {most} at once.");
    }

    private static void CheckFormat(PointMap point, FaultList faults)
    {
        var (options, type) = (point.Options, point.Options.Get(ModbusOptions.Type));
        var typeMark = options.MarkOf(ModbusOptions.Type);
        if ((point.Kind == PointKind.Text) != type.IsText())
        {
            Add(faults, point.Kind == PointKind.Text ? point.Mark : typeMark, type.IsText()
                ? (FormattableString)$"{point.Path}: strings and dates are of kind text."
                : $"{point.Path}: text cannot be read from number registers; use kind gauge, counter or state, or type string.");
        }
        if (point.Kind == PointKind.State && type.IsFloat()) Add(faults, typeMark, $"{point.Path}: a state is a whole number; use an integer type such as u16.");
        if (point.Kind == PointKind.Counter && type is RegisterType.F16 or RegisterType.Bool) Add(faults, typeMark, $"{point.Path}: a counter in this type would lose steps; use a whole number, f32 or f64.");
        if (type == RegisterType.Text && !options.Has(ModbusOptions.Length)) Add(faults, typeMark, $"{point.Path}: a string needs its length in registers.");
        if (type != RegisterType.Text) Refuse(ModbusOptions.Length, "only strings have it");
        if (point.Kind != PointKind.Gauge) Refuse(ModbusOptions.Offset, "only gauges have it");
        if (!type.IsUnsigned()) Refuse(ModbusOptions.Bit, "only u16, u32 and u64 have it");
        if (!options.Has(ModbusOptions.Bit)) Refuse(ModbusOptions.Bits, "it needs 'bit', the lowest one");
        if (type.IsFloat() || type.IsText() || type == RegisterType.Bool) Refuse(ModbusOptions.Weights, "only whole numbers are summed");
        if (options.Has(ModbusOptions.Bit)) Refuse(ModbusOptions.Weights, "bits are not summed");
        if (type is >= RegisterType.DateSix and <= RegisterType.DateIec) Refuse(ModbusOptions.PointOrder, "this date has an order of its own");
        if (type.IsUnsigned() && options.Has(ModbusOptions.Bit) && options.Get(ModbusOptions.Bit) + options.Get(ModbusOptions.Bits) > 16 * type.Width())
        {
            Add(faults, options.MarkOf(ModbusOptions.Bit), $"{point.Path}: these bits reach beyond the {16 * type.Width()} bits of the type.");
        }

        void Refuse(Option option, string why)
        {
            if (options.Has(option)) Add(faults, options.MarkOf(option), $"{point.Path}: {option.Key}: {why}.");
        }
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

    private static void CheckSentinel(PointMap point, FaultList faults)
    {
        var type = point.Options.Get(ModbusOptions.Type);
        if (!point.Options.Has(ModbusOptions.Sentinel)) return;
        if (type.IsText() || type == RegisterType.Bool) Add(faults, point.Options.MarkOf(ModbusOptions.Sentinel), $"{point.Path}: sentinel: only numbers have it.");
        if (type.Width() == 4 || type.IsText()) return;
        var value = point.Options.Get(ModbusOptions.Sentinel);
        var bits = 16 * type.Width();
        if (value < -(1L << (bits - 1)) || value >= 1L << bits) Add(faults, point.Options.MarkOf(ModbusOptions.Sentinel), $"{point.Path}: the sentinel does not fit {bits} bits.");
    }

    private static void CheckWritable(PointMap point, FaultList faults)
    {
        var (options, type) = (point.Options, point.Options.Get(ModbusOptions.Type));
        if (options.Get(ModbusOptions.Table) is FunctionCode.ReadInputRegisters or FunctionCode.ReadDiscreteInputs)
        {
            Add(faults, options.MarkOf(ModbusOptions.Table), $"{point.Path}: input registers and discrete inputs cannot be written; writable points lie in table holding or coil.");
        }
        if (options.Has(ModbusOptions.Weights)) Add(faults, options.MarkOf(ModbusOptions.Weights), $"{point.Path}: a value that is spread over several numbers cannot be written at once.");
        if (options.Has(ModbusOptions.Bit) && type != RegisterType.U16) Add(faults, options.MarkOf(ModbusOptions.Bit), $"{point.Path}: bits can be written within a single register of type u16 only.");
    }

    private static void Add(FaultList faults, Mark mark, FormattableString message) => faults.Add(mark, message.ToString(CultureInfo.InvariantCulture));
}
