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

    /// <summary>A counter shows less for a while, then the right value again.</summary>
    Dip,

    /// <summary>The halves of a value are of different moments, while the low one passes zero.</summary>
    Torn,

    /// <summary>A register shows a mark of "no value", such as 0xFFFFFFFF.</summary>
    Sentinel,

    /// <summary>A meter is replaced by another one, which counts on from a reading of its own.</summary>
    Replace,

    /// <summary>The sums of a device's answers are wrong, where the framing has sums.</summary>
    BadCrc,

    /// <summary>A device's answers are shorter than they say.</summary>
    BadLength,
}
