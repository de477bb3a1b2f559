using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace EdgeGateway.Pipeline.Time;

/// <summary>The first source: the kernel's own word on whether NTP disciplines the system clock, <c>adjtimex</c> without STA_UNSYNC (Linux, adjtimex(2)). Elsewhere it never vouches.</summary>
public sealed partial class KernelClock : IClockSource
{
    // struct timex is 208 bytes on 64-bit Linux; `status` is the int behind modes (4, padded to 8), offset, freq, maxerror and esterror (8 each).
    private const int TimexLength = 208;
    private const int StatusOffset = 40;
    private const int StaUnsync = 0x0040;
    private const int TimeError = 5;

    /// <inheritdoc/>
    public string Name => "ntp";

    /// <inheritdoc/>
    public bool IsSynchronised => OperatingSystem.IsLinux() && Environment.Is64BitProcess && Ask();

    [SupportedOSPlatform("linux")]
    private static bool Ask()
    {
        Span<byte> timex = stackalloc byte[TimexLength];
        timex.Clear();
        var state = Adjtimex(ref MemoryMarshal.GetReference(timex));
        var status = MemoryMarshal.Read<int>(timex[StatusOffset..]);
        return state is >= 0 and < TimeError && (status & StaUnsync) == 0;
    }

    [LibraryImport("libc", EntryPoint = "adjtimex", SetLastError = true)]
    [SupportedOSPlatform("linux")]
    private static partial int Adjtimex(ref byte timex);
}
