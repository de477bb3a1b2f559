using EdgeGateway.Modbus.Registers;

namespace EdgeGateway.Drivers.Modbus.Polling;

/// <summary>A point of a bus: where its samples go and how its registers are read.</summary>
/// <param name="Slot">Column value of its samples.</param>
/// <param name="Number">Of a number.</param>
/// <param name="Text">Of a text; one of the two is not null.</param>
internal readonly record struct PollPoint(int Slot, RegisterDecoder? Number, TextDecoder? Text);
