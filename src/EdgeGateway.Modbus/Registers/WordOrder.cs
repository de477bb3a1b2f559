namespace EdgeGateway.Modbus.Registers;

/// <summary>Order of the bytes of a value on the wire; A is the most significant byte of a 32-bit value.</summary>
/// <remarks>
/// The protocol orders the two bytes of a register (V1.1b3, 4.2) and leaves the order of registers to the device. Of 64-bit values the first four do the same with four registers;
/// of one register, only its bytes can be swapped. The last four order the two halves of a 64-bit value (A to H) apart from the registers within; of a 32-bit value they are ABCD, CDAB, BADC and DCBA.
/// </remarks>
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

    /// <summary>Of 64 bits: EFGHABCD, the halves exchanged, each as ABCD.</summary>
    Efghabcd = 4,

    /// <summary>Of 64 bits: CDABGHEF, the halves in place, each as CDAB.</summary>
    Cdabghef = 5,

    /// <summary>Of 64 bits: FEHGBADC, the halves exchanged, each as BADC.</summary>
    Fehgbadc = 6,

    /// <summary>Of 64 bits: DCBAHGFE, the halves in place, each as DCBA.</summary>
    Dcbahgfe = 7,
}
