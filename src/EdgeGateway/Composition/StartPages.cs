using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace EdgeGateway.Composition;

/// <summary>
/// Pages of the program's own file that only its start needed: reading maps, making tables. They hold no data of ours, for nothing was ever written to them, but stay mapped for as long as the process lives. Given back, the few that running needs come back at their first use,
/// from the page cache.
/// </summary>
internal static partial class StartPages
{
    private const int DontNeed = 4;

    /// <summary>Gives them back; nothing where the system has no such call.</summary>
    /// <returns>Bytes that stood mapped.</returns>
    public static long GiveBack()
    {
        if (!OperatingSystem.IsLinux() || Environment.ProcessPath is not { } program) return 0;
        try
        {
            return Clean(File.ReadLines("/proc/self/smaps"), File.ResolveLinkTarget("/proc/self/exe", returnFinalTarget: false)?.FullName ?? program).Sum(Release);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            // Without /proc nobody knows where they are; they cost memory and nothing else.
            return 0;
        }
    }

    /// <summary>
    /// Mappings of the file that nobody may write to and that hold no page of the process's own. A read-only one with such pages was relocated at the start: what stands in them is in no file.
    /// Libraries are left out, for another thread may just be mapping one.
    /// </summary>
    /// <param name="lines">Of <c>/proc/self/smaps</c>, see proc(5).</param>
    /// <param name="file">Path of the file.</param>
    internal static IReadOnlyList<Mapping> Clean(IEnumerable<string> lines, string file)
    {
        var clean = new List<Mapping>();
        Mapping? at = null;
        foreach (var line in lines)
        {
            if (MappingOf(line) is { } next) at = line.EndsWith(" " + file, StringComparison.Ordinal) && (line.Contains(" r-xp ", StringComparison.Ordinal) || line.Contains(" r--p ", StringComparison.Ordinal)) ? next : null;
            else if (at is { } seen && KilobytesOf(line, "Rss:") is { } resident) at = seen with { Resident = resident * 1024 };
            else if (at is { } whole && KilobytesOf(line, "Anonymous:") == 0) clean.Add(whole);
        }
        return clean;
    }

    [SupportedOSPlatform("linux")]
    private static long Release(Mapping mapping) => Advise((nint)mapping.From, (nint)(mapping.To - mapping.From), DontNeed) == 0 ? mapping.Resident : 0;

    private static Mapping? MappingOf(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var dash = line.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && dash < space && ulong.TryParse(line.AsSpan(0, dash), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var from)
            && ulong.TryParse(line.AsSpan(dash + 1, space - dash - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var to) ? new Mapping(from, to, 0) : null;
    }

    private static long? KilobytesOf(string line, string word) =>
        line.StartsWith(word, StringComparison.Ordinal) && long.TryParse(line.AsSpan(word.Length).Trim().TrimEnd("kB").Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes) ? kilobytes : null;

    [SupportedOSPlatform("linux")]
    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nint length, int advice);

    /// <summary>A stretch of addresses.</summary>
    /// <param name="From">First address.</param>
    /// <param name="To">First address behind it.</param>
    /// <param name="Resident">Bytes of it in memory.</param>
    internal readonly record struct Mapping(ulong From, ulong To, long Resident);
}
