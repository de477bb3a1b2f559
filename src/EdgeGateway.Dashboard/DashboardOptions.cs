using System.Net;

namespace EdgeGateway.Dashboard;

/// <summary>How page and API are served.</summary>
public sealed record DashboardOptions
{
    /// <summary>Where to listen.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>Names of this box in requests, beside its addresses and localhost.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>PEM file of the certificate, or null for plain HTTP on loopback.</summary>
    public string? Certificate { get; init; }

    /// <summary>PEM file of its key.</summary>
    public string? Key { get; init; }

    /// <summary>File of users and tokens; read anew where it has changed.</summary>
    public required string Users { get; init; }
}
