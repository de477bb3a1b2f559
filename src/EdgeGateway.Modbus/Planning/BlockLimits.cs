namespace EdgeGateway.Modbus.Planning;

/// <summary>How far neighbours may be merged for one device.</summary>
/// <param name="MaxRegisters">Most registers of one request, 1 to 125.</param>
/// <param name="MaxGap">Most unwanted registers between two points that are still read over, from 0; -1 keeps even touching points apart.</param>
public readonly record struct BlockLimits(int MaxRegisters, int MaxGap)
{
    /// <summary>The protocol's own limit and a gap of eight.</summary>
    public static BlockLimits Default => new(125, 8);
}
