namespace EdgeGateway.Modbus.Pdu;

/// <summary>Function codes of the reading requests. The numbers are the protocol's.</summary>
public enum FunctionCode : byte
{
    /// <summary>Read coils: one bit each.</summary>
    ReadCoils = 1,

    /// <summary>Read discrete inputs: one bit each.</summary>
    ReadDiscreteInputs = 2,

    /// <summary>Read holding registers: 16 bits each.</summary>
    ReadHoldingRegisters = 3,

    /// <summary>Read input registers: 16 bits each.</summary>
    ReadInputRegisters = 4,
}

/// <summary>Limits of a <see cref="FunctionCode"/>.</summary>
public static class FunctionCodes
{
    /// <summary>Addresses of a table: 0 to 65 535.</summary>
    public const int AddressCount = 65_536;

    /// <summary>True for the functions of this enum.</summary>
    public static bool IsRead(this FunctionCode function) => function is >= FunctionCode.ReadCoils and <= FunctionCode.ReadInputRegisters;

    /// <summary>True where an item is one bit, false where it is a register.</summary>
    public static bool IsBits(this FunctionCode function) => function <= FunctionCode.ReadDiscreteInputs;

    /// <summary>Most items of one request: 2 000 bits or 125 registers (application protocol V1.1b3, 6.1 to 6.4).</summary>
    public static int MaxCount(this FunctionCode function) => function.IsBits() ? 2_000 : 125;

    /// <summary>Bytes of <paramref name="count"/> items in a response.</summary>
    public static int ByteCount(this FunctionCode function, int count) => function.IsBits() ? (count + 7) / 8 : 2 * count;
}
