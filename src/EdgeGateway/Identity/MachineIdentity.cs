using System.Security.Cryptography;
using System.Text;

namespace EdgeGateway.Identity;

/// <summary>
/// What a machine is known by, hashed: the id of its installation (<c>/etc/machine-id</c>), and its hardware by the board's serial number, the id in its firmware, and the addresses of its
/// network ports, as far as they can be read. The installation's id alone would not do: it is on the card and goes with a copy of it.
/// </summary>
/// <param name="Installation">Hash of the installation's id, or "".</param>
/// <param name="Hardware">Hashes of what tells the hardware, each with its kind in front; may be empty.</param>
internal sealed record MachineIdentity(string Installation, IReadOnlyList<string> Hardware)
{
    private const string Salt = "edgegateway store owner 1";

    /// <summary>False where the machine tells nothing: then nothing can be compared.</summary>
    public bool IsKnown => Installation.Length > 0 || Hardware.Count > 0;

    /// <summary>Reads the machine.</summary>
    public static MachineIdentity Of(HostFiles host)
    {
        var hardware = new List<string>();
        if (host.Text("sys/firmware/devicetree/base/serial-number") is { } board) hardware.Add("board:" + Hash(board));
        if (host.Text("sys/class/dmi/id/product_uuid") is { } firmware) hardware.Add("firmware:" + Hash(firmware));
        foreach (var port in host.NetworkPorts())
        {
            // 0: the address was burned in, and not made up by a driver.
            if (host.Text($"sys/class/net/{port}/addr_assign_type") == "0" && host.Text($"sys/class/net/{port}/address") is { } address) hardware.Add("port:" + Hash(address));
        }
        return new MachineIdentity(host.Text("etc/machine-id") is { } id ? Hash(id) : "", hardware);
    }

    /// <summary>True where nothing that both know tells them apart. One piece of hardware in common is enough: a network card may be replaced.</summary>
    public bool IsSameAs(MachineIdentity other)
    {
        if (Installation.Length > 0 && other.Installation.Length > 0 && Installation != other.Installation) return false;
        var kinds = other.Hardware.Select(Kind).ToHashSet(StringComparer.Ordinal);
        var common = Hardware.Where(h => kinds.Contains(Kind(h))).ToList();
        return common.Count == 0 || common.Any(other.Hardware.Contains);
    }

    /// <summary>As kept in the store.</summary>
    public override string ToString() => string.Join(' ', (string[])[Installation.Length > 0 ? Installation : "-", .. Hardware]);

    /// <summary>Reads what was kept.</summary>
    public static MachineIdentity Parse(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 ? new MachineIdentity("", []) : new MachineIdentity(parts[0] == "-" ? "" : parts[0], parts[1..]);
    }

    private static string Kind(string part) => part[..Math.Max(0, part.IndexOf(':', StringComparison.Ordinal))];

    /// <summary>The ids themselves are nobody's business outside the machine (machine-id(5)).</summary>
    private static string Hash(string id) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Salt), Encoding.UTF8.GetBytes(id)))[..16];
}
