using System.Globalization;
using System.Net.Sockets;
using System.Text;
using EdgeGateway.Pipeline.Loops;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Diagnosis;

/// <summary>Tells systemd that the gateway is ready, and then, at half of the time the unit grants, that it lives; the latter only while every loop moves or has nothing to do.</summary>
/// <remarks>Nothing of this happens where nobody listens (<c>NOTIFY_SOCKET</c> is not set). A process that fell silent is killed and started again by systemd: the log makes that harmless.</remarks>
/// <param name="loops">Finds loops that stand still.</param>
/// <param name="time">For the beat.</param>
/// <param name="log">For the few lines worth saying.</param>
internal sealed partial class Watchdog(StillLoops loops, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Unasked = TimeSpan.FromSeconds(10);

    /// <summary>Runs until cancelled.</summary>
    /// <param name="socketPath">Value of <c>NOTIFY_SOCKET</c>: a path, or an abstract name behind @.</param>
    /// <param name="limitMicros">Value of <c>WATCHDOG_USEC</c>, or null where no watchdog is asked for.</param>
    /// <param name="cancellationToken">Ends it, with a word that the process stops.</param>
    public async Task RunAsync(string? socketPath, string? limitMicros, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(socketPath)) return;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(socketPath[0] == '@' ? "\0" + socketPath[1..] : socketPath));
            Say(socket, "READY=1");
            var asked = long.TryParse(limitMicros, NumberStyles.None, CultureInfo.InvariantCulture, out var micros) && micros > 0;
            using var beat = new PeriodicTimer(asked ? TimeSpan.FromMicroseconds(micros / 2) : Unasked, time);
            var silent = false;
            while (await beat.WaitForNextTickAsync(cancellationToken))
            {
                var still = loops.Find();
                if (still is null && asked) Say(socket, "WATCHDOG=1");
                if (still is not null && !silent) LogSilent(still);
                silent = still is not null;
            }
        }
        catch (OperationCanceledException)
        {
            Say(socket, "STOPPING=1");
        }
        catch (SocketException failure)
        {
            LogNobody(socketPath, failure.Message);
        }
    }

    private static void Say(Socket socket, string word)
    {
        try
        {
            socket.Send(Encoding.ASCII.GetBytes(word), SocketFlags.None);
        }
        catch (SocketException)
        {
            // Who listened has gone: its own time-out says the rest.
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Still} The watchdog is not answered any more: systemd starts the gateway again.")]
    private partial void LogSilent(string still);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody listens at {Socket} ({Problem}): the watchdog is not answered.")]
    private partial void LogNobody(string socket, string problem);
}

/// <summary>A loop to watch.</summary>
/// <param name="Name">Its name for the log.</param>
/// <param name="Pulse">Its pulse.</param>
/// <param name="Limit">How long it may be at work without any change.</param>
internal sealed record WatchedLoop(string Name, LoopPulse Pulse, TimeSpan Limit);
