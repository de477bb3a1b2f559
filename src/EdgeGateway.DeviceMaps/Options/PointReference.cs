using EdgeGateway.DeviceMaps.Located;

namespace EdgeGateway.DeviceMaps.Options;

/// <summary>A point named in another place of the map.</summary>
/// <param name="Path"><c>device.point</c>.</param>
/// <param name="Mark">Where it is named.</param>
public sealed record PointReference(string Path, Mark Mark);
