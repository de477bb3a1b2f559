namespace EdgeGateway.Identity;

/// <summary>Files of the machine below the gateway: what names it, and its battery clock. Read only.</summary>
/// <param name="root">Where the machine's root is seen: <c>/</c>, or where a container has it mounted.</param>
internal sealed class HostFiles(string root)
{
    /// <summary>The variable that names another root, as for a container that has the host's mounted.</summary>
    public const string Variable = "EDGEGATEWAY_HOST_ROOT";

    /// <summary>The machine as the environment names it.</summary>
    public static HostFiles OfEnvironment() => new(Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : "/");

    /// <summary>The battery clock.</summary>
    public string Rtc => At("sys/class/rtc/rtc0");

    /// <summary>The kernel's id of this boot, or null.</summary>
    public string? BootId => Text("proc/sys/kernel/random/boot_id");

    /// <summary>The text of a file without blanks and zeros around it; null where it is missing, empty or not to be read.</summary>
    public string? Text(string path)
    {
        try
        {
            // Files of the device tree end with a zero.
            return File.ReadAllText(At(path)).Trim(' ', '\n', '\r', '\t', '\0') is { Length: > 0 } text ? text : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Names of the network ports that are real hardware.</summary>
    public IEnumerable<string> NetworkPorts()
    {
        var folder = At("sys/class/net");
        try
        {
            return Directory.Exists(folder) ? [.. Directory.GetDirectories(folder).Where(p => Directory.Exists(Path.Combine(p, "device"))).Select(p => Path.GetFileName(p)!).Order(StringComparer.Ordinal)] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private string At(string path) => Path.Combine(root, path);
}
