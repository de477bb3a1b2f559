using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Drivers.Modbus.Options;
using EdgeGateway.Modbus.Pdu;
using EdgeGateway.Modbus.Registers;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.Modbus.Tests;

/// <summary>Maps as the map floor would bind them.</summary>
internal static class Plant
{
    public static readonly Mark Here = new("map.yaml", 1, 1);

    public static BusPlan Bus(int port, params DeviceMap[] devices) => Bus(port, TimeSpan.FromSeconds(1), devices);

    public static BusPlan Bus(int port, TimeSpan timeout, params DeviceMap[] devices) => Bus("127.0.0.1", port, timeout, devices);

    public static BusPlan Bus(string host, int port, TimeSpan timeout, params DeviceMap[] devices)
    {
        var options = Values().Set(NetworkOptions.Host, host).Set(NetworkOptions.Port, (long)port).Set(ModbusOptions.Timeout, timeout);
        return Bus("modbus_tcp", options, devices);
    }

    /// <summary>A bus of another kind over a network.</summary>
    public static BusPlan Net(string driver, int port, TimeSpan timeout, params DeviceMap[] devices) =>
        Bus(driver, Values().Set(NetworkOptions.Host, "127.0.0.1").Set(NetworkOptions.Port, (long)port).Set(ModbusOptions.Timeout, timeout), devices);

    /// <summary>A bus on a serial port.</summary>
    public static BusPlan Serial(string port, TimeSpan timeout, params DeviceMap[] devices) => Serial("modbus_rtu", port, timeout, _ => { }, devices);

    /// <summary>A bus on a serial port with further options.</summary>
    public static BusPlan Serial(string driver, string port, TimeSpan timeout, Action<OptionValues> more, params DeviceMap[] devices)
    {
        var options = Values().Set(SerialOptions.Port, port).Set(SerialOptions.Baud, 115_200L).Set(ModbusOptions.Timeout, timeout);
        more(options);
        return Bus(driver, options, devices);
    }

    public static BusPlan Bus(string driver, OptionValues options, params DeviceMap[] devices)
    {
        var slot = 0;
        return new BusPlan(new ConnectionMap("bus", driver, options, Here), [.. devices.Select(d => new BusDevice(d, [.. d.Points.Select(p => new BusPoint(p, slot++))]))]);
    }

    public static DeviceMap Device(string name, int unit, params PointMap[] points) => new()
    {
        Name = name, Connection = "bus", Mark = Here, Options = Values().Set(ModbusOptions.UnitId, (long)unit),
        Points = [.. points.Select(p => p with { Path = $"{name}.{p.Name}" })],
    };

    public static PointMap Point(string name, int address, RegisterType type = RegisterType.U16, PointKind kind = PointKind.Counter, bool input = false, WordOrder? order = null,
        TimeSpan? poll = null, ExactDecimal? resolution = null)
    {
        var options = Values().Set(ModbusOptions.Address, (long)address).Set(ModbusOptions.Type, type)
            .Set(ModbusOptions.Table, input ? FunctionCode.ReadInputRegisters : FunctionCode.ReadHoldingRegisters);
        if (order is { } o) options.Set(ModbusOptions.PointOrder, o);
        return new PointMap
        {
            Name = name, Path = name, Kind = kind, Poll = poll ?? TimeSpan.FromMilliseconds(50), Options = options, Mark = Here, Resolution = resolution ?? ExactDecimal.One,
        };
    }

    /// <summary>Points on neighbouring registers that hold their own address.</summary>
    public static PointMap[] Row(int first, int count, TimeSpan? poll = null) => [.. Enumerable.Range(first, count).Select(a => Point($"r{a}", a, poll: poll))];

    private static OptionValues Values() => new() { Mark = Here };
}
