using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace EdgeGateway.Service;

/// <summary>Tells systemd how the service is: ready once it runs, alive while it does its work, stopping. Does nothing where systemd did not ask.</summary>
/// <remarks>sd_notify(3), sd_watchdog_enabled(3): datagrams to <c>NOTIFY_SOCKET</c>, the watchdog's time in <c>WATCHDOG_USEC</c> for the process <c>WATCHDOG_PID</c>.</remarks>
internal sealed class LifeSigns : IDisposable
{
    private readonly Socket? _socket;
    private readonly UnixDomainSocketEndPoint? _manager;

    private LifeSigns(string? address, TimeSpan watchdog)
    {
        Watchdog = watchdog;
        if (address is not { Length: > 1 } || address[0] is not ('/' or '@')) return;
        // A name that begins with @ lies in the abstract namespace.
        _manager = new UnixDomainSocketEndPoint(address[0] == '@' ? "\0" + address[1..] : address);
        _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
    }

    /// <summary>How long systemd waits for a sign of life before it starts the service anew; zero where it does not.</summary>
    public TimeSpan Watchdog { get; }

    /// <summary>The service manager that started this process, if one did.</summary>
    /// <param name="environment">Reads a variable of the environment.</param>
    public static LifeSigns Of(Func<string, string?> environment)
    {
        var mine = environment("WATCHDOG_PID") is not { Length: > 0 } pid || pid == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var watchdog = mine && long.TryParse(environment("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var micros) ? TimeSpan.FromMicroseconds(micros) : TimeSpan.Zero;
        return new LifeSigns(environment("NOTIFY_SOCKET"), watchdog);
    }

    /// <summary>It runs.</summary>
    public void Ready(string status) => Send($"READY=1\nSTATUS={status.ReplaceLineEndings(" ")}");

    /// <summary>It is ending.</summary>
    public void Stopping() => Send("STOPPING=1");

    /// <summary>Gives a sign of life twice within the watchdog's time, as long as <paramref name="problem"/> knows of none. Ends when cancelled.</summary>
    public async Task WatchAsync(Func<string?> problem, TimeProvider time, CancellationToken cancellationToken)
    {
        if (_socket is null || Watchdog <= TimeSpan.Zero) return;
        using var timer = new PeriodicTimer(Watchdog / 2, time);
        try
        {
            do
            {
                if (problem() is { } stuck) Send($"STATUS={stuck}");
                else Send("WATCHDOG=1");
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
        }
    }

    public void Dispose() => _socket?.Dispose();

    private void Send(string state)
    {
        try
        {
            _socket?.SendTo(Encoding.UTF8.GetBytes(state), _manager!);
        }
        catch (SocketException)
        {
            // Nobody listens: the service does its work all the same.
        }
    }
}
