using System.Net.Sockets;
using EdgeGateway.Drivers.Modbus.Polling;
using EdgeGateway.Pipeline.Buses;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Drivers.Modbus.Sockets;

/// <summary>A line that the device makes: it has a seat at a port, and takes the newest device that registered for it.</summary>
internal sealed class DialInLink(DialIn dialIn, DialInPort port, BusMachine machine, BusHealth health, ILogger log, string name) : StreamLink(name, machine, log, datagrams: false)
{
    private Socket? _handed;
    private bool _seated, _waiting;

    /// <summary>First bytes of its device; empty for any.</summary>
    public byte[] Registration => dialIn.Registration;

    /// <summary>How long its device may take to send them.</summary>
    public TimeSpan Patience => dialIn.Patience;

    /// <summary>A device has registered. Any thread.</summary>
    public void Hand(Socket socket)
    {
        // One that dialled again before it was noticed has given up the first.
        Interlocked.Exchange(ref _handed, socket)?.Dispose();
        Thread.Post(BusCommand.Prepared, this);
    }

    /// <summary>A device was refused at the port. Any thread.</summary>
    public void CountRefused() => health.CountRefusedDialIn();

    protected override void Open(long now)
    {
        if (!_seated && port.Seat(this) is { } why)
        {
            Fail(why, now);
            return;
        }
        _seated = _waiting = true;
        TryTake(now);
    }

    protected override void TakePrepared(long now)
    {
        if (_waiting) TryTake(now);
        else if (Socket is not null && Volatile.Read(ref _handed) is not null) Lose("the device has dialled in anew", now);
    }

    protected override void CloseLine()
    {
        _waiting = false;
        base.CloseLine();
    }

    protected override void Left()
    {
        if (_seated) port.Leave(this);
        Interlocked.Exchange(ref _handed, null)?.Dispose();
    }

    private void TryTake(long now)
    {
        if (Interlocked.Exchange(ref _handed, null) is not { } socket) return;
        _waiting = false;
        Hold(socket);
        Watch(Interest.Read);
        Connected(now);
    }
}
