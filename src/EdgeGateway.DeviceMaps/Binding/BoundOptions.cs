using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.DeviceMaps.Binding;

/// <summary>What came of binding a table of the map.</summary>
/// <param name="Ok">True where nothing was wrong.</param>
/// <param name="PerTable">Values of each option table asked for, in its order.</param>
internal sealed record BoundOptions(bool Ok, ImmutableArray<OptionValues> PerTable)
{
    /// <summary>True where every known option is given or left out as it may be: further checks find sound values. An unknown key beside them is a fault and hides nothing.</summary>
    public required bool Complete { get; init; }

    /// <summary>Values of the first table.</summary>
    public OptionValues Values => PerTable[0];
}
