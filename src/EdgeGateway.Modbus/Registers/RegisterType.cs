namespace EdgeGateway.Modbus.Registers;

/// <summary>Number format of a value in registers.</summary>
public enum RegisterType : byte
{
    /// <summary>Unsigned, one register.</summary>
    U16 = 0,

    /// <summary>Signed two's complement, one register.</summary>
    I16 = 1,

    /// <summary>Unsigned, two registers.</summary>
    U32 = 2,

    /// <summary>Signed two's complement, two registers.</summary>
    I32 = 3,

    /// <summary>IEEE 754 single, two registers.</summary>
    F32 = 4,

    /// <summary>Unsigned, four registers.</summary>
    U64 = 5,

    /// <summary>Signed two's complement, four registers.</summary>
    I64 = 6,

    /// <summary>IEEE 754 double, four registers.</summary>
    F64 = 7,

    /// <summary>One coil or discrete input; of a register, whether it is not 0.</summary>
    Bool = 8,

    /// <summary>IEEE 754 half, one register.</summary>
    F16 = 9,

    /// <summary>Four decimal digits, one register.</summary>
    Bcd16 = 10,

    /// <summary>Eight decimal digits, two registers.</summary>
    Bcd32 = 11,

    /// <summary>Sixteen decimal digits, four registers.</summary>
    Bcd64 = 12,

    /// <summary>Text, two characters a register.</summary>
    Text = 13,

    /// <summary>A time as <see cref="DateForm.Unix"/>, two registers.</summary>
    DateUnix = 14,

    /// <summary>A time as <see cref="DateForm.Six"/>, six registers.</summary>
    DateSix = 15,

    /// <summary>A time as <see cref="DateForm.Packed"/>, three registers.</summary>
    DatePacked = 16,

    /// <summary>A time as <see cref="DateForm.PackedBcd"/>, three registers.</summary>
    DateBcd = 17,

    /// <summary>A time as <see cref="DateForm.Iec"/>, four registers.</summary>
    DateIec = 18,
}

/// <summary>Shape of a <see cref="RegisterType"/>.</summary>
public static class RegisterTypes
{
    /// <summary>Registers a value takes: 1, 2 or 4, of dates up to 6; 0 of text, which is as long as the device says.</summary>
    public static int Width(this RegisterType type) => type switch
    {
        RegisterType.U16 or RegisterType.I16 or RegisterType.F16 or RegisterType.Bcd16 or RegisterType.Bool => 1,
        RegisterType.U32 or RegisterType.I32 or RegisterType.F32 or RegisterType.Bcd32 or RegisterType.DateUnix => 2,
        RegisterType.DatePacked or RegisterType.DateBcd => 3,
        RegisterType.DateSix => 6,
        RegisterType.Text => 0,
        _ => 4,
    };

    /// <summary>True for IEEE 754 formats.</summary>
    public static bool IsFloat(this RegisterType type) => type is RegisterType.F16 or RegisterType.F32 or RegisterType.F64;

    /// <summary>True for text and times, which <see cref="TextDecoder"/> reads.</summary>
    public static bool IsText(this RegisterType type) => type is >= RegisterType.Text and <= RegisterType.DateIec;

    /// <summary>True for unsigned whole numbers, which bits can be cut out of.</summary>
    public static bool IsUnsigned(this RegisterType type) => type is RegisterType.U16 or RegisterType.U32 or RegisterType.U64;
}
