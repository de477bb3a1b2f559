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
        var options = Values().Set(ModbusTcpOptions.Host, host).Set(ModbusTcpOptions.Port, (long)port).Set(ModbusTcpOptions.Timeout, timeout);
        var slot = 0;
        return new BusPlan(new ConnectionMap("bus", "modbus_tcp", options, Here),
            [.. devices.Select(d => new BusDevice(d, [.. d.Points.Select(p => new BusPoint(p, slot++))]))]);
    }

    public static DeviceMap Device(string name, int unit, params PointMap[] points) => new()
    {
        Name = name, Connection = "bus", Mark = Here, Options = Values().Set(ModbusTcpOptions.UnitId, (long)unit),
        Points = [.. points.Select(p => p with { Path = $"{name}.{p.Name}" })],
    };

    public static PointMap Point(string name, int address, RegisterType type = RegisterType.U16, PointKind kind = PointKind.Counter, bool input = false, WordOrder? order = null,
        TimeSpan? poll = null, ExactDecimal? resolution = null)
    {
        var options = Values().Set(ModbusTcpOptions.Address, (long)address).Set(ModbusTcpOptions.Type, type)
            .Set(ModbusTcpOptions.Table, input ? FunctionCode.ReadInputRegisters : FunctionCode.ReadHoldingRegisters);
        if (order is { } o) options.Set(ModbusTcpOptions.PointOrder, o);
        return new PointMap
        {
            Name = name, Path = name, Kind = kind, Poll = poll ?? TimeSpan.FromMilliseconds(50), Options = options, Mark = Here, Resolution = resolution ?? ExactDecimal.One,
        };
    }

    /// <summary>Points on neighbouring registers that hold their own address.</summary>
    public static PointMap[] Row(int first, int count, TimeSpan? poll = null) => [.. Enumerable.Range(first, count).Select(a => Point($"r{a}", a, poll: poll))];

    private static OptionValues Values() => new() { Mark = Here };
}
