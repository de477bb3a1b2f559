using Microsoft.Extensions.Logging;

namespace EdgeGateway.Drivers.Modbus.Polling;

/// <summary>The few lines a bus says, each on a change of state.</summary>
internal static partial class BusLog
{
    [LoggerMessage(1, LogLevel.Information, "{Bus}: connected to {Place}.")]
    public static partial void Connected(this ILogger log, string bus, string place);

    [LoggerMessage(2, LogLevel.Warning, "{Bus}: no connection to {Place}: {Why}. It is tried again; {Hint}.")]
    public static partial void LineDown(this ILogger log, string bus, string place, string why, string hint);

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

    [LoggerMessage(8, LogLevel.Warning, "{Bus}: two answers to one request of unit {Unit} ({Device}). Two devices seem to have this address: give each its own.")]
    public static partial void AnsweredTwice(this ILogger log, string bus, string device, byte unit);

    [LoggerMessage(9, LogLevel.Warning, "{Bus}: bytes that nobody asked for. Another master on the line, or noise: check that the gateway is alone, terminators and shield.")]
    public static partial void Unasked(this ILogger log, string bus);

    [LoggerMessage(10, LogLevel.Warning, "{Bus}: another master talks on this line: its requests, or answers to them, were seen. Two masters disturb each other's readings: take one off, or let it read through this gateway.")]
    public static partial void Foreign(this ILogger log, string bus);

    [LoggerMessage(11, LogLevel.Warning, "{Bus}: {Device} (unit {Unit}) disturbs its line: {Why}, time and again. It is asked rarely until it answers rightly; check that no other device has its unit_id, parity, terminators, and what a gateway before it says.")]
    public static partial void DeviceDisturbs(this ILogger log, string bus, string device, byte unit, string why);
}
