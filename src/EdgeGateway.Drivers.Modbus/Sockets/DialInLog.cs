using Microsoft.Extensions.Logging;

namespace EdgeGateway.Drivers.Modbus.Sockets;

/// <summary>What a port that devices dial has to say.</summary>
internal static partial class DialInLog
{
    [LoggerMessage(20, LogLevel.Warning, "{Port}: a device from {From} was refused: {Why}. It sent {Sent}; a device that belongs here needs a modbus_dtu connection with that registration.")]
    public static partial void Refused(this ILogger log, string port, string from, string why, string sent);

    [LoggerMessage(21, LogLevel.Warning, "{Port}: a device could not be taken: {Why}.")]
    public static partial void AcceptFailed(this ILogger log, string port, string why);
}
