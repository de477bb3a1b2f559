namespace EdgeGateway.FirmwareSim.Faults;

/// <summary>What goes wrong. Faults change what is read, never what happened.</summary>
public enum FaultKind
{
    /// <summary>The initial reading is chosen so that the counter passes zero with its first step after the time.</summary>
    Rollover,

    /// <summary>A counter falls to zero and counts on from there.</summary>
    Reset,

    /// <summary>All piece counters of the PLC fall to zero, as at the begin of a shift.</summary>
    ZeroPieces,

    /// <summary>A register reads zero for a while, then the right value again.</summary>
    Zero,

    /// <summary>A register stands still for a while, then shows the right value again.</summary>
    Freeze,

    /// <summary>The port of a device hangs up on everyone and refuses connections for a while.</summary>
    Drop,

    /// <summary>A device does not answer.</summary>
    Silence,

    /// <summary>A device answers with an exception.</summary>
    Exception,

    /// <summary>A device answers late.</summary>
    Slow,

    /// <summary>A device answers with a transaction id nobody asked with.</summary>
    WrongTransaction,

    /// <summary>A device sends the first bytes of each answer at once and the others later.</summary>
    Split,
}
