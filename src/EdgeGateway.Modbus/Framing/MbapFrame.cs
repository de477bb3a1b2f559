namespace EdgeGateway.Modbus.Framing;

/// <summary>A frame of Modbus TCP.</summary>
/// <remarks>A view: it lives as long as the bytes it was scanned from.</remarks>
/// <param name="transaction">Transaction identifier.</param>
/// <param name="unit">Unit identifier.</param>
/// <param name="pdu">Protocol data unit.</param>
public readonly ref struct MbapFrame(ushort transaction, byte unit, ReadOnlySpan<byte> pdu)
{
    /// <summary>Transaction identifier: a response repeats its request's.</summary>
    public ushort Transaction { get; } = transaction;

    /// <summary>Unit identifier, 0 to 255.</summary>
    public byte Unit { get; } = unit;

    /// <summary>Protocol data unit, 1 to 253 bytes.</summary>
    public ReadOnlySpan<byte> Pdu { get; } = pdu;

    /// <summary>Bytes of the whole frame.</summary>
    public int Length => Mbap.HeaderLength + Pdu.Length;
}
