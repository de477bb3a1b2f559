using System.Globalization;

namespace EdgeGateway.Benchmarks.Whole;

/// <summary>Processor time and memory of a process, as the kernel counts them.</summary>
/// <param name="CpuSeconds">User and system time of all its threads.</param>
/// <param name="ResidentBytes">Resident memory now.</param>
internal readonly record struct Usage(double CpuSeconds, long ResidentBytes)
{
    // sysconf(_SC_CLK_TCK), which Linux has fixed for programs.
    private const double TicksPerSecond = 100;

    /// <summary>Looks at the process.</summary>
    public static Usage Of(int pid)
    {
        var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
        // The name stands in brackets and may hold spaces: fields are counted behind it.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
        var resident = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/status")).First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return new Usage(ticks / TicksPerSecond, 1024 * long.Parse(resident.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));
    }
}
