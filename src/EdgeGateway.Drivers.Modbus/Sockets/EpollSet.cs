using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace EdgeGateway.Drivers.Modbus.Sockets;

/// <summary>epoll with an eventfd to wake it: the cost of a wait does not grow with the number of lines.</summary>
[SupportedOSPlatform("linux")]
internal sealed class EpollSet : ReadinessSet
{
    private const int MaxEvents = 64;
    private const long WakeToken = -1;

    private readonly byte[] _events = new byte[MaxEvents * LinuxCalls.EventSize];
    private readonly int _set, _wake;
    private bool _fine = true;

    public EpollSet()
    {
        _set = Checked(LinuxCalls.EpollCreate(LinuxCalls.EpollCloseOnExec));
        _wake = Checked(LinuxCalls.EventCreate(0, LinuxCalls.EventNonBlocking | LinuxCalls.EventCloseOnExec));
        Control(LinuxCalls.ControlAdd, _wake, WakeToken, Interest.Read);
    }

    public override void Add(int descriptor, int token, Interest interest) => Control(LinuxCalls.ControlAdd, descriptor, token, interest);

    public override void Change(int descriptor, int token, Interest interest) => Control(LinuxCalls.ControlModify, descriptor, token, interest);

    public override unsafe void Remove(int descriptor)
    {
        // One that could not be added is not there: it is to be forgotten, and is. Kernels before 2.6.9 alone want settings.
        LinuxCalls.EpollControl(_set, LinuxCalls.ControlDelete, descriptor, null);
    }

    public override void Add(Socket socket, int token, Interest interest) => Control(LinuxCalls.ControlAdd, Descriptor(socket), token, interest);

    public override void Change(Socket socket, int token, Interest interest) => Control(LinuxCalls.ControlModify, Descriptor(socket), token, interest);

    public override void Remove(Socket socket) => Remove(Descriptor(socket));

    public override unsafe int Wait(long micros, Span<Readiness> ready)
    {
        int count;
        fixed (byte* events = _events) count = Wait(events, Math.Min(MaxEvents, ready.Length), micros);
        if (count < 0) return Marshal.GetLastPInvokeError() == LinuxCalls.Interrupted ? 0 : throw new Win32Exception();
        var found = 0;
        for (var i = 0; i < count; i++)
        {
            var e = _events.AsSpan(i * LinuxCalls.EventSize);
            var flags = MemoryMarshal.Read<uint>(e);
            var token = MemoryMarshal.Read<long>(e[LinuxCalls.EventDataOffset..]);
            if (token == WakeToken) Drain();
            else ready[found++] = new Readiness((int)token, Of(flags));
        }
        return found;
    }

    public override unsafe void Wake()
    {
        var one = 1UL;
        // It fails only where the count is at its limit: then the wait ends anyway.
        LinuxCalls.Write(_wake, &one, sizeof(ulong));
    }

    public override void Dispose()
    {
        LinuxCalls.Close(_wake);
        LinuxCalls.Close(_set);
    }

    // Waits to the microsecond where the kernel can (5.11 and newer): a pause of 1.75 ms would otherwise be one of two.
    private unsafe int Wait(byte* events, int most, long micros)
    {
        if (_fine)
        {
            var time = stackalloc long[2] { micros / 1_000_000, micros % 1_000_000 * 1_000 };
            var count = (int)LinuxCalls.EpollWaitFine(LinuxCalls.EpollWaitFineNumber, _set, events, most, micros < 0 ? null : time, null, 0);
            // Filters of older containers forbid what they do not know.
            if (count >= 0 || Marshal.GetLastPInvokeError() is not (LinuxCalls.NotThere or LinuxCalls.NotPermitted)) return count;
            _fine = false;
        }
        return LinuxCalls.EpollWait(_set, events, most, micros < 0 ? -1 : (int)Math.Min((micros + 999) / 1_000, int.MaxValue));
    }

    private static int Descriptor(Socket socket) => (int)socket.SafeHandle.DangerousGetHandle();

    private static Interest Of(uint flags)
    {
        if ((flags & (LinuxCalls.EventError | LinuxCalls.EventHangUp)) != 0) return Interest.Read | Interest.Write;
        return ((flags & LinuxCalls.EventIn) != 0 ? Interest.Read : 0) | ((flags & LinuxCalls.EventOut) != 0 ? Interest.Write : 0);
    }

    private static int Checked(int result) => result >= 0 ? result : throw new Win32Exception();

    private unsafe void Control(int operation, int descriptor, long token, Interest interest)
    {
        var settings = stackalloc byte[LinuxCalls.EventSize];
        var flags = ((interest & Interest.Read) != 0 ? LinuxCalls.EventIn : 0) | ((interest & Interest.Write) != 0 ? LinuxCalls.EventOut : 0);
        *(uint*)settings = flags;
        *(long*)(settings + LinuxCalls.EventDataOffset) = token;
        Checked(LinuxCalls.EpollControl(_set, operation, descriptor, settings));
    }

    private unsafe void Drain()
    {
        ulong count;
        LinuxCalls.Read(_wake, &count, sizeof(ulong));
    }
}
