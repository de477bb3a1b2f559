using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Plant;

namespace EdgeGateway.DeviceMaps.Options;

/// <summary>What a driver adds to the map language: the key of its connections and the options of connection, device and point.</summary>
/// <param name="Key">Key below a connection's name, such as <c>modbus_tcp</c>.</param>
/// <param name="Connection">Options of the connection.</param>
/// <param name="Device">Options of a device on it, beside the common ones.</param>
/// <param name="Point">Options of a point, beside the common ones.</param>
/// <param name="CheckDevice">Further checks of a bound device with its points; adds located faults.</param>
public sealed record DriverSchema(string Key, OptionTable Connection, OptionTable Device, OptionTable Point, Action<DeviceMap, FaultList> CheckDevice)
{
    /// <summary>32 or 64 where a point with these options is an IEEE 754 number of that width, else 0: a float's step is never finer than its unit in the last place.</summary>
    public Func<OptionValues, int> FloatBits { get; init; } = _ => 0;

    /// <summary>Where a point of a device lies in its memory, so that points which overlap in different types are found; null where that is of no meaning.</summary>
    public Func<DeviceMap, PointMap, PointPlace?> Place { get; init; } = (_, _) => null;

    /// <summary>Which of the devices on its connection it is, such as <c>unit 3</c>: what a counter counts would be another thing under another one. "" where a connection has one device.</summary>
    public Func<DeviceMap, string> Address { get; init; } = _ => "";

    /// <summary>Where a connection leads and how it talks, so that two unlike paths to one place are found; null where that is of no meaning.</summary>
    public Func<ConnectionMap, ConnectionPath?> Path { get; init; } = _ => null;

    /// <summary>Further checks of a bound connection; adds located faults.</summary>
    public Action<ConnectionMap, FaultList> CheckConnection { get; init; } = (_, _) => { };

    /// <summary>Messages of its checks in Chinese, in the form of the catalogue; "" where there are none.</summary>
    public string Chinese { get; init; } = "";
}

/// <summary>What a publisher adds to the map language.</summary>
/// <param name="Key">Key below a publisher's name, such as <c>mqtt</c>.</param>
/// <param name="Options">Its options.</param>
/// <param name="Check">Further checks; adds located faults.</param>
public sealed record PublisherSchema(string Key, OptionTable Options, Action<PublisherMap, FaultList> Check)
{
    /// <summary>Checks of a bound publisher against the whole plant; adds located faults.</summary>
    public Action<PublisherMap, PlantMap, FaultList> CheckPlant { get; init; } = (_, _, _) => { };

    /// <summary>Messages of its checks in Chinese, in the form of the catalogue; "" where there are none.</summary>
    public string Chinese { get; init; } = "";
}
