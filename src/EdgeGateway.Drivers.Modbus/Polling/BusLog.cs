using Microsoft.Extensions.Logging;

namespace EdgeGateway.Drivers.Modbus.Polling;

/// <summary>The few lines a bus says, each on a change of state.</summary>
internal static partial class BusLog
{
    [LoggerMessage(1, LogLevel.Information, "{Bus}: connected to {Host}:{Port}.")]
    public static partial void Connected(this ILogger log, string bus, string host, int port);

    [LoggerMessage(2, LogLevel.Warning, "{Bus}: no connection to {Host}:{Port}: {Why}. It is tried again; check power, network, address and how many connections the device allows.")]
    public static partial void LineDown(this ILogger log, string bus, string host, int port, string why);

    [LoggerMessage(3, LogLevel.Warning, "{Bus}: {Device} (unit {Unit}) is silent: {Why}. Its points are bad until it answers; check unit_id, wiring behind a gateway, and timeout.")]
    public static partial void DeviceSilent(this ILogger log, string bus, string device, byte unit, string why);

    [LoggerMessage(4, LogLevel.Information, "{Bus}: {Device} (unit {Unit}) answers again.")]
    public static partial void DeviceBack(this ILogger log, string bus, string device, byte unit);

    [LoggerMessage(5, LogLevel.Warning, "{Bus}: {Device} (unit {Unit}), {Registers}: {Why}. The points in them are bad; check table, address and type in the map.")]
    public static partial void BlockTrouble(this ILogger log, string bus, string device, byte unit, string registers, string why);

    [LoggerMessage(6, LogLevel.Information, "{Bus}: {Device} (unit {Unit}), {Registers}: read again.")]
    public static partial void BlockBack(this ILogger log, string bus, string device, byte unit, string registers);

    [LoggerMessage(7, LogLevel.Error, "{Bus}: a fault in the gateway itself; the connection is dropped and made anew. Please report it.")]
    public static partial void OwnFault(this ILogger log, Exception fault, string bus);
}
