namespace EdgeGateway.DeviceMaps.Options;

/// <summary>Where a connection leads and how it talks there.</summary>
/// <param name="Endpoint">The place, such as <c>192.168.1.50:502</c>.</param>
/// <param name="Framing">How it talks, such as <c>Modbus TCP</c>.</param>
public sealed record ConnectionPath(string Endpoint, string Framing)
{
    /// <summary>True where the place serves many connections at once, so that a second one is no doubt.</summary>
    public bool ServesMany { get; init; }
}
