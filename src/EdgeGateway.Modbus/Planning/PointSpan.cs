using EdgeGateway.Modbus.Pdu;

namespace EdgeGateway.Modbus.Planning;

/// <summary>Where a point lies and how often it is wanted: what the planner merges.</summary>
/// <param name="Key">The caller's number of the point; comes back in <see cref="BlockItem.Key"/>.</param>
/// <param name="Function">Table: holding or input registers.</param>
/// <param name="Address">First register, 0-based.</param>
/// <param name="Width">Registers, from 1; the last one is at most 65 535.</param>
/// <param name="PeriodMicros">Poll period in microseconds, above 0.</param>
public readonly record struct PointSpan(int Key, FunctionCode Function, int Address, int Width, long PeriodMicros)
{
    /// <summary>The address behind the last register.</summary>
    public int End => Address + Width;
}
