using System.Collections.Immutable;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.Modbus.Reading;

/// <summary>A point as it was read once.</summary>
/// <param name="Point">The point.</param>
/// <param name="Quality">Good, or why there is no value; null where nothing was heard of it in time.</param>
/// <param name="Number">Of a gauge: its value in its unit.</param>
/// <param name="Integer">Of a counter: register steps; of a state: its code.</param>
/// <param name="Registers">What the device sent, as 16-bit numbers in wire order; empty where it sent nothing.</param>
public sealed record PointReading(BusPoint Point, Quality? Quality, double Number, long Integer, ImmutableArray<ushort> Registers);
