using System.Net;

namespace EdgeGateway.FirmwareSim.Serving;

/// <summary>Where the plant listens. Immutable.</summary>
public sealed record PlantServerOptions
{
    /// <summary>Address to listen on; default loopback.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Port, or 0 (default) for a free one. With a port per device this is the first one's, the others follow.</summary>
    public int Port { get; init; }

    /// <summary>A port for each device, which then answers to unit ids 0 and 255 as well; default false: one port with the unit ids of the register map.</summary>
    public bool PortPerDevice { get; init; }

    /// <summary>RTU frames with a sum instead of Modbus TCP's, as serial servers carry them; default false.</summary>
    public bool Rtu { get; init; }

    /// <summary>Connections held at once over all ports; more are closed at once. Default 64.</summary>
    public int MaxConnections { get; init; } = 64;
}
