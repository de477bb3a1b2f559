using System.Net.Sockets;

namespace EdgeGateway.Drivers.Modbus.Sockets;

/// <summary>Waits for many sockets at once. One thread owns it; <see cref="Wake"/> alone may be called from any.</summary>
internal abstract class ReadinessSet : IDisposable
{
    /// <summary>The best one for this system.</summary>
    public static ReadinessSet Create() => OperatingSystem.IsLinux() ? new EpollSet() : new SelectSet();

    /// <summary>Waits for <paramref name="socket"/> too; its readiness carries <paramref name="token"/>, at least 0.</summary>
    public abstract void Add(Socket socket, int token, Interest interest);

    /// <summary>Changes what it is waited for.</summary>
    public abstract void Change(Socket socket, int token, Interest interest);

    /// <summary>Forgets it; before it is closed.</summary>
    public abstract void Remove(Socket socket);

    /// <summary>Waits until a socket is ready, somebody wakes the wait, or <paramref name="micros"/> passed (rounded up to what the system can do; below 0: no limit).</summary>
    /// <param name="micros">Microseconds.</param>
    /// <param name="ready">Receives what is ready; more stays for the next call.</param>
    /// <returns>How many are ready.</returns>
    public abstract int Wait(long micros, Span<Readiness> ready);

    /// <summary>Ends the present wait, or the next one. Any thread.</summary>
    public abstract void Wake();

    /// <inheritdoc/>
    public abstract void Dispose();
}
