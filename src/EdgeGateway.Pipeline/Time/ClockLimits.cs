namespace EdgeGateway.Pipeline.Time;

/// <summary>What tells a clock that was set from one that was not.</summary>
public static class ClockLimits
{
    /// <summary>2020-01-01T00:00:00Z, UTC microseconds: a clock that shows an earlier time has not been set since power came. No figure is ever dated by it.</summary>
    public const long Set = 1_577_836_800_000_000;
}
