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
}

/// <summary>Shape of a <see cref="RegisterType"/>.</summary>
public static class RegisterTypes
{
    /// <summary>Registers a value takes: 1, 2 or 4.</summary>
    public static int Width(this RegisterType type) => type switch
    {
        RegisterType.U16 or RegisterType.I16 => 1,
        RegisterType.U32 or RegisterType.I32 or RegisterType.F32 => 2,
        _ => 4,
    };

    /// <summary>True for IEEE 754 formats.</summary>
    public static bool IsFloat(this RegisterType type) => type is RegisterType.F32 or RegisterType.F64;
}
