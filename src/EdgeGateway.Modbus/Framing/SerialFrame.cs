namespace EdgeGateway.Modbus.Framing;

/// <summary>A frame of a serial line, RTU or ASCII.</summary>
/// <remarks>A view: it lives as long as the bytes it was scanned from, or into.</remarks>
/// <param name="unit">Address of the device.</param>
/// <param name="pdu">Protocol data unit.</param>
/// <param name="length">Bytes of the whole frame on the wire.</param>
public readonly ref struct SerialFrame(byte unit, ReadOnlySpan<byte> pdu, int length)
{
    /// <summary>Address of the device, 0 for all.</summary>
    public byte Unit { get; } = unit;

    /// <summary>Protocol data unit, 1 to 253 bytes.</summary>
    public ReadOnlySpan<byte> Pdu { get; } = pdu;

    /// <summary>Bytes of the whole frame on the wire; the next one begins behind them.</summary>
    public int Length { get; } = length;
}
