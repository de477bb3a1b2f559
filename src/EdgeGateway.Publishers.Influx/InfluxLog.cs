using Microsoft.Extensions.Logging;

namespace EdgeGateway.Publishers.Influx;

/// <summary>The few lines worth saying.</summary>
internal static partial class InfluxLog
{
    [LoggerMessage(1, LogLevel.Warning, "Publisher {Publisher}: {Server} is not on this machine, and without TLS anyone on the way can read and change what is sent{Login}. Use https:// where the database offers it.")]
    public static partial void NotEncrypted(this ILogger log, string publisher, string server, string login);

    [LoggerMessage(2, LogLevel.Warning, "Publisher {Publisher}: samples of points that the map no longer names are left out (point id {Point} among them).")]
    public static partial void UnnamedPoints(this ILogger log, string publisher, int point);

    [LoggerMessage(3, LogLevel.Debug, "Publisher {Publisher}: could not say that it leaves.")]
    public static partial void NoLeave(this ILogger log, string publisher, Exception e);
}
