using Microsoft.Extensions.Logging;

namespace EdgeGateway.Drivers.OpcUa;

/// <summary>The few lines a bus says, each on a change of state.</summary>
internal static partial class BusLog
{
    [LoggerMessage(1, LogLevel.Information, "{Bus}: in session with {Endpoint}.")]
    public static partial void Ready(this ILogger log, string bus, string endpoint);

    [LoggerMessage(2, LogLevel.Warning, "{Bus}: no session with {Endpoint}: {Why}. It is tried again.")]
    public static partial void Lost(this ILogger log, string bus, string endpoint, string why);

    [LoggerMessage(3, LogLevel.Warning, "{Bus}: {Point} ({Node}) is bad: {Why}. It is tried again; check the node in the map, for instance with browse.")]
    public static partial void PointBad(this ILogger log, string bus, string point, string node, string why);

    [LoggerMessage(4, LogLevel.Information, "{Bus}: {Point} is good again.")]
    public static partial void PointBack(this ILogger log, string bus, string point);

    [LoggerMessage(5, LogLevel.Warning, "{Bus}: the server's clock is {Seconds:F1} s ahead of the gateway's; samples of {Device} carry the gateway's time until it is set.")]
    public static partial void ClockOff(this ILogger log, string bus, string device, double seconds);

    [LoggerMessage(6, LogLevel.Warning, "{Bus}: messages of {Device}'s subscription are lost; values may have been missed.")]
    public static partial void Gap(this ILogger log, string bus, string device);

    [LoggerMessage(7, LogLevel.Warning, "{Bus}: the gateway's own certificate ends on {Until:yyyy-MM-dd}. Run: edgegateway certs renew --pki '{Folder}', let the server trust the new one, then restart the gateway.")]
    public static partial void OwnExpires(this ILogger log, string bus, DateTimeOffset until, string folder);

    [LoggerMessage(8, LogLevel.Error, "{Bus}: {Why}. All points are bad until that is mended; it is tried again every minute.")]
    public static partial void NoSetup(this ILogger log, string bus, string why);

    [LoggerMessage(10, LogLevel.Warning, "{Bus}: {Point} ({Node}) is bad: {Why}. It is asked for again with the next session.")]
    public static partial void LayoutUnknown(this ILogger log, string bus, string point, string node, string why);

    [LoggerMessage(9, LogLevel.Error, "{Bus}: a fault in the gateway itself; the connection is dropped and made anew. Please report it.")]
    public static partial void OwnFault(this ILogger log, Exception fault, string bus);
}
