using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace EdgeGateway.Drivers.Modbus.Sockets;

/// <summary>The system calls behind <see cref="EpollSet"/>; see epoll(7) and eventfd(2).</summary>
[SupportedOSPlatform("linux")]
internal static partial class LinuxCalls
{
    public const int EpollCloseOnExec = 0x80000, EventNonBlocking = 0x800, EventCloseOnExec = 0x80000;
    public const int ControlAdd = 1, ControlDelete = 2, ControlModify = 3;
    public const uint EventIn = 1, EventOut = 4, EventError = 8, EventHangUp = 16;
    public const int NotPermitted = 1, Interrupted = 4, Again = 11, NotThere = 38, TooLong = 90, NoBuffers = 105;
    public const int DontWait = 0x40, NoSignal = 0x4000, GetFlags = 3, SetFlags = 4, NonBlocking = 0x800;

    /// <summary>Number of epoll_pwait2 on x86-64 and Arm64; the C library has a name for it from 2.35 on.</summary>
    public const nint EpollWaitFineNumber = 441;

    /// <summary>struct epoll_event is packed on x86-64 alone.</summary>
    public static int EventSize { get; } = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    /// <summary>Where its data begin.</summary>
    public static int EventDataOffset { get; } = EventSize - 8;

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static unsafe partial int EpollControl(int set, int operation, int descriptor, byte* settings);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static unsafe partial int EpollWait(int set, byte* events, int count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static unsafe partial nint EpollWaitFine(nint number, nint set, byte* events, nint count, long* time, void* signals, nint signalsSize);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventCreate(uint count, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static unsafe partial nint Read(int descriptor, ulong* value, nint size);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static unsafe partial nint Write(int descriptor, ulong* value, nint size);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static unsafe partial nint Receive(int socket, byte* bytes, nint size, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static unsafe partial nint Send(int socket, byte* bytes, nint size, int flags);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int DescriptorControl(int descriptor, int command, int argument);
}
