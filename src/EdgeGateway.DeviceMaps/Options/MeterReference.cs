using EdgeGateway.Records.Windows;

namespace EdgeGateway.DeviceMaps.Options;

/// <summary>A meter of a unit and the part it plays.</summary>
/// <param name="Point">The counter.</param>
/// <param name="Role">Its part.</param>
public sealed record MeterReference(PointReference Point, InputRole Role);
