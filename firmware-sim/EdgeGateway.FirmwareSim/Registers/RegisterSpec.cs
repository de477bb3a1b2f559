namespace EdgeGateway.FirmwareSim.Registers;

/// <summary>How a value lies in registers; two registers hold the high word first.</summary>
public enum RegisterType
{
    /// <summary>Unsigned 16 bits, one register.</summary>
    U16,

    /// <summary>Unsigned 32 bits, two registers.</summary>
    U32,

    /// <summary>IEEE 754 single, two registers.</summary>
    F32,
}

/// <summary>What a register's values mean.</summary>
public enum RegisterRole
{
    /// <summary>A momentary value.</summary>
    Gauge,

    /// <summary>A total that grows, up to its modulus.</summary>
    Counter,

    /// <summary>A state number.</summary>
    State,
}

/// <summary>One value of a device. Immutable.</summary>
public sealed record RegisterSpec
{
    /// <summary>Name within its device, as fault scripts use it.</summary>
    public required string Name { get; init; }

    /// <summary>Address of the first register: 0-based, as in the PDU.</summary>
    public required ushort Address { get; init; }

    /// <summary>Its layout.</summary>
    public required RegisterType Type { get; init; }

    /// <summary>Its meaning.</summary>
    public required RegisterRole Role { get; init; }

    /// <summary>Unit of the scaled value.</summary>
    public required string Unit { get; init; }

    /// <summary>One step of an integer; for a float, what the value is a multiple of (0 for any).</summary>
    public required decimal Resolution { get; init; }

    /// <summary>Steps after which a counter begins at zero again; 0 where it is none.</summary>
    public long Modulus { get; init; }

    /// <summary>Steps that stand in a counter when the plant starts, unless a fault script says otherwise.</summary>
    public long InitialSteps { get; init; }

    /// <summary>How often the value is renewed; in between it stands still.</summary>
    public required TimeSpan Update { get; init; }

    /// <summary>What it is, in a few words.</summary>
    public required string Text { get; init; }

    /// <summary>Registers it takes.</summary>
    public int Width => Type == RegisterType.U16 ? 1 : 2;
}
