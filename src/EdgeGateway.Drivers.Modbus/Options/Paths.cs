using System.Globalization;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Drivers.Modbus.Polling;
using EdgeGateway.Modbus.Pdu;
using EdgeGateway.Modbus.Registers;

namespace EdgeGateway.Drivers.Modbus.Options;

/// <summary>Where connections lead and where points lie, so that maps which contradict themselves are found.</summary>
internal static class Paths
{
    /// <summary>The line's far end and what is spoken on it.</summary>
    public static ConnectionPath? Of(ConnectionMap connection)
    {
        var options = connection.Options;
        if (connection.Driver == ModbusSchemas.Rtu.Key) return new ConnectionPath(options.Get(SerialOptions.Port), "Modbus RTU");
        if (connection.Driver == ModbusSchemas.Ascii.Key) return new ConnectionPath(options.Get(SerialOptions.Port), "Modbus ASCII");
        if (connection.Driver == ModbusSchemas.Dtu.Key)
        {
            var registration = options.Has(DtuOptions.Registration) ? options.Get(DtuOptions.Registration) : "any device";
            return new ConnectionPath(string.Create(CultureInfo.InvariantCulture, $"port {options.Get(DtuOptions.Port)} here for {registration}"), options.Get(DtuOptions.FramesAreRtu) ? "RTU over TCP" : "Modbus TCP");
        }
        var place = string.Create(CultureInfo.InvariantCulture, $"{options.Get(NetworkOptions.Host)}:{options.Get(NetworkOptions.Port)}");
        if (connection.Driver == ModbusSchemas.Udp.Key) return new ConnectionPath($"{place} (UDP)", options.Get(NetworkOptions.DatagramsAreRtu) ? "RTU over UDP" : "Modbus UDP");
        return new ConnectionPath(place, connection.Driver == ModbusSchemas.RtuTcp.Key ? "RTU over TCP" : "Modbus TCP");
    }

    /// <summary>The registers of a point. Those of one table are one space; the form tells type, order and how many are summed.</summary>
    public static PointPlace Place(PointMap point)
    {
        var options = point.Options;
        var (type, width) = (options.Get(ModbusOptions.Type), DeviceCheck.Width(point));
        var form = ModbusOptions.Word(type);
        if (options.Has(ModbusOptions.Weights)) form = $"a sum of {form}";
        if (type.Width() > 1 && options.Has(ModbusOptions.PointOrder)) form = $"{form} {ModbusOptions.Word(options.Get(ModbusOptions.PointOrder))}";
        return new PointPlace(Space(options.Get(ModbusOptions.Table)), options.Get(ModbusOptions.Address), width, form);
    }

    private static string Space(FunctionCode table) => table switch
    {
        FunctionCode.ReadCoils => "coil",
        FunctionCode.ReadDiscreteInputs => "discrete input",
        FunctionCode.ReadInputRegisters => "input register",
        _ => "holding register",
    };
}
