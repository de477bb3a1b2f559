using System.Net;
using System.Net.Sockets;

namespace Chaos.Tests.Links;

/// <summary>A TCP proxy on a free port of loopback that does to its connections what bad cables, switches and mobile networks do. Thread-safe.</summary>
internal sealed class Link : IAsyncDisposable
{
    private static readonly IPEndPoint _anyPort = new(IPAddress.Loopback, 0);
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly IPEndPoint _target;
    private readonly Lock _lock = new();
    private readonly HashSet<Carriage> _carried = [];
    private readonly Task _accepting;
    private LinkState _state;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _disposed;

    public Link(int targetPort)
    {
        _target = new IPEndPoint(IPAddress.Loopback, targetPort);
        _listener.Bind(_anyPort);
        _listener.Listen(64);
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>The state, and a task that ends with it.</summary>
    public (LinkState State, Task Changed) Now
    {
        get
        {
            lock (_lock) return (_state, _changed.Task);
        }
    }

    /// <summary>Changes the state. <see cref="LinkState.Cut"/> resets what is connected at once.</summary>
    public void Become(LinkState state)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            (_state, changed) = (state, _changed);
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        if (state == LinkState.Cut) Reset();
        changed.SetResult();
    }

    /// <summary>Resets every connection; new ones are as the state says.</summary>
    public void Reset()
    {
        Carriage[] carried;
        lock (_lock) carried = [.. _carried];
        foreach (var one in carried) one.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock) _disposed = true;
        _listener.Dispose();
        await _accepting;
        Become(LinkState.Cut);
        Carriage[] carried;
        lock (_lock) carried = [.. _carried];
        foreach (var one in carried) await one.Ended;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket near;
            try
            {
                near = await _listener.AcceptAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                lock (_lock)
                {
                    if (_disposed) return;
                }
                continue;
            }
            var carriage = new Carriage(this, near, _target);
            lock (_lock) _carried.Add(carriage);
            _ = carriage.RunAsync().ContinueWith(_ => Forget(carriage), TaskScheduler.Default);
        }
    }

    private void Forget(Carriage carriage)
    {
        lock (_lock) _carried.Remove(carriage);
    }
}
