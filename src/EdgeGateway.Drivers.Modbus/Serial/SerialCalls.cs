using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace EdgeGateway.Drivers.Modbus.Serial;

/// <summary>The system calls behind <see cref="Tty"/>; see open(2), flock(2) and ioctl_tty(2). The numbers are those of x86 and Arm.</summary>
[SupportedOSPlatform("linux")]
internal static partial class SerialCalls
{
    public const int ReadWrite = 2, NoControl = 0x100, NonBlocking = 0x800, CloseOnExec = 0x80000;
    public const int LockExclusive = 2, LockNonBlocking = 4, Again = 11, Busy = 16;
    public const nuint Flush = 0x540B, Exclusive = 0x540C, GetModemLines = 0x5415, SetModemLines = 0x5418, GetSerial = 0x541E, SetSerial = 0x541F;
    public const nint FlushInput = 0;

    /// <summary>More than struct serial_struct, and the place of its flags in ints.</summary>
    public const int SerialSize = 128, SerialFlags = 4, LowLatency = 1 << 13;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(int descriptor, int operation);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static unsafe partial int Control(int descriptor, nuint request, void* argument);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static unsafe partial nint Read(int descriptor, byte* bytes, nint size);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static unsafe partial nint Write(int descriptor, byte* bytes, nint size);
}
