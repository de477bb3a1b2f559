using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.DeviceMaps.Binding;

/// <summary>What came of binding a table of the map.</summary>
/// <param name="Ok">True where nothing was wrong.</param>
/// <param name="PerTable">Values of each option table asked for, in its order.</param>
internal sealed record BoundOptions(bool Ok, ImmutableArray<OptionValues> PerTable)
{
    /// <summary>Values of the first table.</summary>
    public OptionValues Values => PerTable[0];
}
