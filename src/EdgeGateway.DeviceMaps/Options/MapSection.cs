namespace EdgeGateway.DeviceMaps.Options;

/// <summary>A place of the map and the options that may stand there.</summary>
/// <param name="Path">Where, such as <c>devices.NAME.points.NAME</c>.</param>
/// <param name="Doc">What it is, one sentence.</param>
/// <param name="Options">Its options.</param>
public sealed record MapSection(string Path, string Doc, OptionTable Options);
