using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using EdgeGateway.Drivers.Modbus.Polling;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Drivers.Modbus.Sockets;

/// <summary>A line over a socket, however it came about.</summary>
internal abstract class StreamLink(string name, BusMachine machine, ILogger log, bool datagrams) : BusLink(name, machine, log)
{
    // Once it stands, its descriptor waits by itself on Linux: a wait and a read in one call. Whoever does not want to wait says so in the call.
    private int _descriptor = -1;
    private Interest _interest;

    public override bool CanAwait => _descriptor >= 0 && Awaits;

    /// <summary>The socket, from its making on.</summary>
    protected Socket? Socket { get; private set; }

    public override int Await(Span<byte> space, out string? error) => OperatingSystem.IsLinux() ? ReceiveOnLinux(space, wait: true, out error) : Receive(space, out error);

    protected override int Receive(Span<byte> space, out string? error)
    {
        error = null;
        if (Socket is null) return 0;
        if (_descriptor >= 0 && OperatingSystem.IsLinux()) return ReceiveOnLinux(space, wait: false, out error);
        var count = Socket.Receive(space, SocketFlags.None, out var code);
        if (code == SocketError.Success)
        {
            // An empty datagram is no end.
            if (count == 0 && !datagrams) error = Closed;
            return count;
        }
        if (code is not (SocketError.WouldBlock or SocketError.Interrupted or SocketError.MessageSize)) error = Text(code);
        return 0;
    }

    protected override int Send(ReadOnlySpan<byte> bytes, out string? error)
    {
        if (_descriptor >= 0 && OperatingSystem.IsLinux()) return SendOnLinux(bytes, out error);
        error = null;
        var count = Socket!.Send(bytes, SocketFlags.None, out var code);
        if (code == SocketError.Success) return count;
        if (code is not (SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable or SocketError.Interrupted)) error = Text(code);
        return 0;
    }

    protected override void Want(Interest interest)
    {
        if (_interest == interest) return;
        _interest = interest;
        Thread.Lines.Change(Socket!, Token, interest);
    }

    protected override void CloseLine()
    {
        if (Socket is not { } socket) return;
        (Socket, _descriptor) = (null, -1);
        if (_interest != Interest.None) Thread.Lines.Remove(socket);
        _interest = Interest.None;
        socket.Dispose();
    }

    /// <summary>Takes a socket that does not block and is not waited for yet.</summary>
    protected void Hold(Socket socket) => Socket = socket;

    /// <summary>Lets go of a socket that came to nothing and is not waited for.</summary>
    protected void Discard()
    {
        Socket?.Dispose();
        Socket = null;
    }

    /// <summary>Waits for the socket from now on.</summary>
    protected void Watch(Interest interest)
    {
        _interest = interest;
        Thread.Lines.Add(Socket!, Token, interest);
    }

    /// <summary>The socket is connected.</summary>
    protected void Connected(long now)
    {
        if (OperatingSystem.IsLinux()) LetItWait();
        Succeed(now);
    }

    /// <summary>What the system says of an error.</summary>
    protected static string Text(SocketError error) => new SocketException((int)error).Message;

    private const string Closed = "closed by the other side";

    [SupportedOSPlatform("linux")]
    private void LetItWait()
    {
        var descriptor = (int)Socket!.SafeHandle.DangerousGetHandle();
        var flags = LinuxCalls.DescriptorControl(descriptor, LinuxCalls.GetFlags, 0);
        if (flags < 0 || LinuxCalls.DescriptorControl(descriptor, LinuxCalls.SetFlags, flags & ~LinuxCalls.NonBlocking) < 0) return;
        Socket.ReceiveTimeout = (int)(BusThread.AwaitMicros / 1_000);
        _descriptor = descriptor;
    }

    [SupportedOSPlatform("linux")]
    private unsafe int ReceiveOnLinux(Span<byte> space, bool wait, out string? error)
    {
        error = null;
        nint count;
        fixed (byte* bytes = space) count = LinuxCalls.Receive(_descriptor, bytes, space.Length, wait ? 0 : LinuxCalls.DontWait);
        if (count > 0) return (int)count;
        if (count == 0)
        {
            if (!datagrams) error = Closed;
        }
        else if (Marshal.GetLastPInvokeError() is not (LinuxCalls.Again or LinuxCalls.Interrupted or LinuxCalls.TooLong) and var code) error = new Win32Exception(code).Message;
        return 0;
    }

    [SupportedOSPlatform("linux")]
    private unsafe int SendOnLinux(ReadOnlySpan<byte> output, out string? error)
    {
        error = null;
        nint count;
        fixed (byte* bytes = output) count = LinuxCalls.Send(_descriptor, bytes, output.Length, LinuxCalls.DontWait | LinuxCalls.NoSignal);
        if (count >= 0) return (int)count;
        if (Marshal.GetLastPInvokeError() is not (LinuxCalls.Again or LinuxCalls.Interrupted or LinuxCalls.NoBuffers) and var code) error = new Win32Exception(code).Message;
        return 0;
    }
}
