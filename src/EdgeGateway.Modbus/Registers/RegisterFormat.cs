using System.Collections.Immutable;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Modbus.Registers;

/// <summary>How a point lies in its registers and what it means.</summary>
public sealed record RegisterFormat
{
    /// <summary>Number format.</summary>
    public required RegisterType Type { get; init; }

    /// <summary>Order of bytes on the wire.</summary>
    public WordOrder Order { get; init; }

    /// <summary>Gauge, counter or state.</summary>
    public required PointKind Kind { get; init; }

    /// <summary>Of a gauge: the factor of the raw number. Of a counter in a float: the value of one step; an integer register counts its steps itself.</summary>
    public ExactDecimal Scale { get; init; } = ExactDecimal.One;

    /// <summary>Raw bits by which the device says "not available", right-aligned; null where it has none.</summary>
    public ulong? Sentinel { get; init; }

    /// <summary>Of a state: raw value → code. A value that is not in it is out of range.</summary>
    public ImmutableSortedDictionary<long, long> States { get; init; } = ImmutableSortedDictionary<long, long>.Empty;
}
