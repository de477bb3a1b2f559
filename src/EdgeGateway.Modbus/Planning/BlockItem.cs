namespace EdgeGateway.Modbus.Planning;

/// <summary>A point within a <see cref="ReadBlock"/>.</summary>
/// <param name="Key">The caller's number of the point.</param>
/// <param name="Offset">Bytes before it in the response's data; of coils and discrete inputs, bits.</param>
/// <param name="Width">Items it takes.</param>
public readonly record struct BlockItem(int Key, int Offset, int Width);
