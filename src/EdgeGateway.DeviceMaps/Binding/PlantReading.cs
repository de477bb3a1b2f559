using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Plant;

namespace EdgeGateway.DeviceMaps.Binding;

/// <summary>What came of reading a map: a plant, or every fault.</summary>
/// <param name="Plant">The plant; null where there is any fault.</param>
/// <param name="Faults">All faults by file, line and column.</param>
/// <param name="EffectiveMap">
/// The text to store beside the log: secrets unresolved, line ends as LF, without a byte order mark. It needs no other text: a map of one file is itself; one that includes files,
/// has overlays or uses templates is written out whole, as plain YAML without comments.
/// </param>
public sealed record PlantReading(PlantMap? Plant, IReadOnlyList<Fault> Faults, string EffectiveMap)
{
    /// <summary>What is doubtful and yet no fault; empty where there are faults.</summary>
    public IReadOnlyList<Fault> Warnings { get; init; } = [];

    /// <summary>Every text that was read, by the name that places give it.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty;
}
