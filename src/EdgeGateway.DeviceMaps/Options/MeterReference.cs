using EdgeGateway.Records.Windows;

namespace EdgeGateway.DeviceMaps.Options;

/// <summary>A meter of a unit and the part it plays.</summary>
/// <param name="Point">The counter.</param>
/// <param name="Role">Its part.</param>
/// <param name="Sign">+1, or -1 where it is taken off.</param>
public sealed record MeterReference(PointReference Point, InputRole Role, sbyte Sign = 1);
