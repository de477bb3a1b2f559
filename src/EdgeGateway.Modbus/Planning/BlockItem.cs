namespace EdgeGateway.Modbus.Planning;

/// <summary>A point within a <see cref="ReadBlock"/>.</summary>
/// <param name="Key">The caller's number of the point.</param>
/// <param name="Offset">Bytes before it in the response's data.</param>
/// <param name="Width">Registers it takes.</param>
public readonly record struct BlockItem(int Key, int Offset, int Width);
