using System.Collections.Immutable;
using EdgeGateway.Modbus.Pdu;

namespace EdgeGateway.Modbus.Planning;

/// <summary>Merges neighbouring points of one device into as few requests as its limits allow. Pure and deterministic.</summary>
/// <remarks>Points merge only within one table and one poll period. Read from the lowest address on, each block taking what still fits, is optimal where gaps cost nothing.</remarks>
public static class BlockPlanner
{
    /// <summary>Plans the requests of one device.</summary>
    /// <param name="points">In any order; ranges may overlap.</param>
    /// <param name="limits">The device's limits.</param>
    /// <returns>Every point in exactly one block; ordered by table, period and address.</returns>
    /// <exception cref="ArgumentException">A point is wider than a request may be, reaches beyond address 65 535, has no period, or is not in a register table.</exception>
    public static ImmutableArray<ReadBlock> Plan(IEnumerable<PointSpan> points, BlockLimits limits)
    {
        if (limits.MaxRegisters is < 1 or > 125) throw new ArgumentException("A request reads 1 to 125 registers.", nameof(limits));
        var sorted = points.OrderBy(p => p.Function).ThenBy(p => p.PeriodMicros).ThenBy(p => p.Address).ThenBy(p => p.Width).ThenBy(p => p.Key).ToArray();
        foreach (var point in sorted) Check(point, limits);
        var blocks = ImmutableArray.CreateBuilder<ReadBlock>();
        for (int start = 0, next; start < sorted.Length; start = next)
        {
            var first = sorted[start];
            var end = first.End;
            for (next = start + 1; next < sorted.Length; next++)
            {
                var point = sorted[next];
                if (point.Function != first.Function || point.PeriodMicros != first.PeriodMicros) break;
                if (point.Address - end > limits.MaxGap || Math.Max(end, point.End) - first.Address > limits.MaxRegisters) break;
                end = Math.Max(end, point.End);
            }
            blocks.Add(new ReadBlock(sorted.AsSpan(start, next - start)));
        }
        return blocks.ToImmutable();
    }

    private static void Check(PointSpan point, BlockLimits limits)
    {
        if (point.Function is not (FunctionCode.ReadHoldingRegisters or FunctionCode.ReadInputRegisters)) throw new ArgumentException($"Point {point.Key} is not in a register table.", nameof(point));
        if (point.Width < 1 || point.Width > limits.MaxRegisters) throw new ArgumentException($"Point {point.Key} does not fit a request of {limits.MaxRegisters} registers.", nameof(point));
        if (point.Address < 0 || point.End > FunctionCodes.AddressCount) throw new ArgumentException($"Point {point.Key} lies beyond address 65535.", nameof(point));
        if (point.PeriodMicros <= 0) throw new ArgumentException($"Point {point.Key} has no poll period.", nameof(point));
    }
}
