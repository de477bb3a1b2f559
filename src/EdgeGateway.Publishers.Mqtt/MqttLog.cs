using Microsoft.Extensions.Logging;

namespace EdgeGateway.Publishers.Mqtt;

/// <summary>The few lines worth saying.</summary>
internal static partial class MqttLog
{
    [LoggerMessage(1, LogLevel.Debug, "Publisher {Publisher}: connected to {Broker} as '{ClientId}'; {Window} messages under way at most.")]
    public static partial void Connected(this ILogger log, string publisher, string broker, string clientId, int window);

    [LoggerMessage(2, LogLevel.Warning, "Publisher {Publisher}: {Broker} is not on this machine, and without TLS anyone on the way can read and change what is sent{Password}. Use mqtts:// where the broker offers it.")]
    public static partial void NotEncrypted(this ILogger log, string publisher, string broker, string password);

    [LoggerMessage(3, LogLevel.Warning, "Publisher {Publisher}: samples of points that the map no longer names are left out (point id {Point} among them).")]
    public static partial void UnnamedPoints(this ILogger log, string publisher, int point);

    [LoggerMessage(4, LogLevel.Debug, "Publisher {Publisher}: could not take leave of the broker; it will publish the last will.")]
    public static partial void NoLeave(this ILogger log, string publisher, Exception e);
}
