using EdgeGateway.Records.Samples;

namespace EdgeGateway.Modbus.Registers;

/// <summary>What registers say of a point, in the columns of a <see cref="SampleBlock"/>.</summary>
/// <param name="Quality">Good, or bad with its reason; then both values are 0.</param>
/// <param name="Number">Of a gauge: the value in the point's unit.</param>
/// <param name="Integer">Of a counter: register steps; of a state: its code.</param>
public readonly record struct RegisterReading(Quality Quality, double Number, long Integer);
