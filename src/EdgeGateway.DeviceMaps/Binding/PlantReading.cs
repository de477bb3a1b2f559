using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Plant;

namespace EdgeGateway.DeviceMaps.Binding;

/// <summary>What came of reading a map: a plant, or every fault.</summary>
/// <param name="Plant">The plant; null where there is any fault.</param>
/// <param name="Faults">All faults by file, line and column.</param>
/// <param name="EffectiveMap">The text to store beside the log: secrets unresolved, line ends as LF, without a byte order mark.</param>
public sealed record PlantReading(PlantMap? Plant, IReadOnlyList<Fault> Faults, string EffectiveMap);
