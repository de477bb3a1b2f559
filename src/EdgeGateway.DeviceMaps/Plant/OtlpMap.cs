using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.DeviceMaps.Plant;

/// <summary>Where metrics are sent to.</summary>
/// <param name="Url">Address of the collector's metrics, OTLP/HTTP.</param>
/// <param name="Every">How often.</param>
/// <param name="Authorization">What stands in the header Authorization, or null.</param>
public sealed record OtlpMap(Uri Url, TimeSpan Every, SecretText? Authorization);
