using System.Collections.Immutable;

namespace EdgeGateway.Modbus.Planning;

/// <summary>How far neighbours may be merged for one device.</summary>
/// <param name="MaxRegisters">Most registers of one request, 1 to 125.</param>
/// <param name="MaxGap">Most unwanted registers between two points that are still read over, from 0, where sixteen coils or discrete inputs count as one; -1 keeps even touching points apart.</param>
public readonly record struct BlockLimits(int MaxRegisters, int MaxGap)
{
    private readonly ImmutableArray<AddressRange> _forbidden;

    /// <summary>The protocol's own limit and a gap of eight.</summary>
    public static BlockLimits Default => new(125, 8);

    /// <summary>Most coils or discrete inputs of one request, 1 to 2 000.</summary>
    public int MaxBits { get; init; } = 2_000;

    /// <summary>What must not be read over: reading it resets a value, or makes the device fail.</summary>
    public ImmutableArray<AddressRange> Forbidden
    {
        get => _forbidden.IsDefault ? [] : _forbidden;
        init => _forbidden = value;
    }
}
