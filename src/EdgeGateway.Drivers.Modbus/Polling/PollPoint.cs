using EdgeGateway.Modbus.Registers;

namespace EdgeGateway.Drivers.Modbus.Polling;

/// <summary>A point of a bus: where its samples go and how its registers are read.</summary>
internal readonly record struct PollPoint(int Slot, RegisterDecoder Decoder);
