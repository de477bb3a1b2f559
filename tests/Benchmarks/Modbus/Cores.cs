using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;

namespace EdgeGateway.Benchmarks.Modbus;

/// <summary>Which core the threads of master and device run on. Left to itself the scheduler puts them on one core or on two, anew in every run, and the rate moves fivefold with that.</summary>
/// <param name="Name">Part of the figure's name.</param>
/// <param name="Master">Core of this process's threads; null to leave them alone.</param>
/// <param name="Device">Core of the device process's threads.</param>
internal sealed partial record Cores(string Name, int? Master, int Device)
{
    /// <summary>Left to the scheduler; master and device on cores of their own, where waking a sleeping core is most of a request; and on one core, where no core sleeps and the work alone counts.</summary>
    public static IReadOnlyList<Cores> All { get; } = !OperatingSystem.IsLinux() ? [new Cores("scheduler", null, 0)]
        : Environment.ProcessorCount < 2 ? [new Cores("one-core", 0, 0)] : [new Cores("scheduler", null, 0), new Cores("two-cores", 0, 1), new Cores("one-core", 0, 0)];

    /// <summary>For people.</summary>
    public string About => Master is { } master
        ? string.Create(CultureInfo.InvariantCulture, $"all threads of the master's process on core {master}, of the device's on core {Device}, for every side")
        : "threads where the scheduler puts them";

    /// <summary>Puts the threads that there are now, and those they start, in their places.</summary>
    public void Hold(int device)
    {
        if (Master is not { } master) return;
        Hold(Environment.ProcessId, master);
        Hold(device, Device);
    }

    private static unsafe void Hold(int process, int core)
    {
        var mask = 1UL << core;
        foreach (var task in Directory.EnumerateDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/task")))
        {
            var thread = int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture);
            // A thread may end meanwhile.
            if (SetAffinity(thread, sizeof(ulong), &mask) != 0 && Directory.Exists(task)) throw new Win32Exception();
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static unsafe partial int SetAffinity(int thread, nint size, ulong* mask);
}
