using System.Net;

namespace EdgeGateway.Dashboard.Access;

/// <summary>Which names a request may ask for: a page of another site that points its own name at this address is refused (DNS rebinding).</summary>
/// <param name="names">Names of this box, beside its addresses and localhost.</param>
internal sealed class HostRule(IEnumerable<string> names)
{
    private readonly HashSet<string> _names = new(names.Append("localhost"), StringComparer.OrdinalIgnoreCase);

    /// <summary>True for an address written as numbers, localhost, or a declared name.</summary>
    public bool Allows(string? host)
    {
        if (string.IsNullOrEmpty(host)) return false;
        var name = host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host;
        return _names.Contains(name) || IPAddress.TryParse(name, out _);
    }

    /// <summary>True where a request that changes something comes from a page of this very host, or from no page at all.</summary>
    public static bool SameOrigin(string? origin, string scheme, string host) =>
        string.IsNullOrEmpty(origin) || origin.Equals($"{scheme}://{host}", StringComparison.OrdinalIgnoreCase);
}
