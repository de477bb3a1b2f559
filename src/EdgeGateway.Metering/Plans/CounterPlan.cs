using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Metering.Plans;

/// <summary>Number format of a register whose steps are rounded by its own width.</summary>
public enum FloatWidth : byte
{
    /// <summary>An integer register.</summary>
    None = 0,

    /// <summary>IEEE 754 single: above 2²⁴ steps a unit in the last place is more than a step.</summary>
    Single = 1,

    /// <summary>IEEE 754 double.</summary>
    Double = 2,
}

/// <summary>What a backward step of a counter may mean.</summary>
public enum ResetPolicy : byte
{
    /// <summary>A reset counts only when three advancing samples over a minute confirm it; nothing of the new value is added.</summary>
    Confirm = 0,

    /// <summary>The counter is zeroed on purpose, by shift for instance: the new value is added as a lower bound.</summary>
    ToZero = 1,
}

/// <summary>A cumulative register.</summary>
public sealed record CounterPlan
{
    /// <summary>One register step, in the point's unit.</summary>
    public required ExactDecimal Step { get; init; }

    /// <summary>CT × PT; 1 where the register counts primary energy.</summary>
    public ExactDecimal Ratio { get; init; } = ExactDecimal.One;

    /// <summary>Register steps after which it begins at zero again; null where it never does.</summary>
    public long? Modulus { get; init; }

    /// <summary>Rated steps a second (rated power or maximum rate ÷ step ÷ ratio); the factor 1.2 of the possibility rule is not in it.</summary>
    public required double RatedStepsPerSecond { get; init; }

    /// <summary>How often the device refreshes the register, microseconds; default 1 s.</summary>
    public long UpdateMicros { get; init; } = 1_000_000;

    /// <summary>A fall of up to this many steps is the device's habit and holds the total without an event.</summary>
    public long DipSteps { get; init; }

    /// <summary>Whether the register is a float, whose step is never finer than its unit in the last place.</summary>
    public FloatWidth Float { get; init; }

    /// <summary>What a backward step may mean.</summary>
    public ResetPolicy Resets { get; init; }

    /// <summary>May fall: good pieces taken back for rework.</summary>
    public bool NetCount { get; init; }

    /// <summary>Pieces: the total at an edge is that of the last sample at or before it, not interpolated.</summary>
    public bool Pieces { get; init; }

    /// <summary>How much earlier a piece was made than it was counted, microseconds.</summary>
    public long LagMicros { get; init; }

    /// <summary>Raised by a replacement or a changed address, scale, ratio or modulus.</summary>
    public int RegisterEpoch { get; init; }
}
