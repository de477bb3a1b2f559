namespace EdgeGateway.Modbus.Registers;

/// <summary>Order of the bytes of a value on the wire; A is the most significant byte of a 32-bit value.</summary>
/// <remarks>The protocol orders the two bytes of a register (V1.1b3, 4.2) and leaves the order of registers to the device. Of 64-bit values the same is done with four registers; of one register, only its bytes can be swapped.</remarks>
public enum WordOrder : byte
{
    /// <summary>Most significant register first; bytes as the protocol says. The usual order.</summary>
    Abcd = 0,

    /// <summary>Least significant register first; bytes as the protocol says.</summary>
    Cdab = 1,

    /// <summary>Most significant register first; bytes swapped in each.</summary>
    Badc = 2,

    /// <summary>Least significant register first; bytes swapped in each.</summary>
    Dcba = 3,
}
