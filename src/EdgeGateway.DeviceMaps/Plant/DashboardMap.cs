using System.Net;

namespace EdgeGateway.DeviceMaps.Plant;

/// <summary>The section <c>dashboard</c>.</summary>
public sealed record DashboardMap
{
    /// <summary>Where page and API listen; null where they are switched off.</summary>
    public IPEndPoint? Listen { get; init; }

    /// <summary>Names of this box in requests, beside its addresses and localhost.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>PEM file of the certificate, relative to the map's folder, or null.</summary>
    public string? Certificate { get; init; }

    /// <summary>PEM file of its key, or null.</summary>
    public string? Key { get; init; }

    /// <summary>File of users, relative to the map's folder.</summary>
    public string Users { get; init; } = "users.json";

    /// <summary>Where metrics are sent to, or null.</summary>
    public OtlpMap? Otlp { get; init; }
}
