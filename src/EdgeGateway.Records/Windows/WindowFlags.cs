namespace EdgeGateway.Records.Windows;

/// <summary>What else is to be known of a record or one of its inputs. Durable bits; inputs use the lower sixteen.</summary>
[Flags]
public enum WindowFlags : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Energy of a stretch is missing: a reset or discontinuity lies in it.</summary>
    Missing = 1,

    /// <summary>The count of a register's wraps is not certain.</summary>
    Ambiguous = 2,

    /// <summary>A register stood still while power or state says it should not.</summary>
    Stale = 4,

    /// <summary>The window holds fewer than ten register steps.</summary>
    Coarse = 8,

    /// <summary>A gap lies in the window.</summary>
    Gap = 16,

    /// <summary>The clock was not verified.</summary>
    ClockUnverified = 32,

    /// <summary>A rollover of the register lies in it.</summary>
    Rollover = 64,

    /// <summary>A shift-zeroed counter added a lower bound.</summary>
    ZeroedByShift = 128,

    /// <summary>The record withdraws its key.</summary>
    Void = 1u << 16,

    /// <summary>An emission factor is of another year than the window: the policy says so, or none is published for it yet.</summary>
    FactorYear = 1u << 17,

    /// <summary>A coefficient or factor was not verified in an official text.</summary>
    FactorUnverified = 1u << 18,
}

/// <summary>Words for <see cref="WindowFlags"/>.</summary>
public static class WindowFlagWords
{
    private static readonly (WindowFlags Flag, string Word)[] Words =
    [
        (WindowFlags.Missing, "missing"), (WindowFlags.Ambiguous, "ambiguous"), (WindowFlags.Stale, "stale"), (WindowFlags.Coarse, "coarse"),
        (WindowFlags.Gap, "gap"), (WindowFlags.ClockUnverified, "clock_unverified"), (WindowFlags.Rollover, "rollover"), (WindowFlags.ZeroedByShift, "zeroed_by_shift"),
        (WindowFlags.FactorYear, "factor_year"), (WindowFlags.FactorUnverified, "factor_unverified"),
    ];

    /// <summary>A word for each set flag, in fixed order; <see cref="WindowFlags.Void"/> has its own field in payloads.</summary>
    public static IEnumerable<string> Names(this WindowFlags flags)
    {
        foreach (var (flag, word) in Words)
        {
            if ((flags & flag) != 0) yield return word;
        }
    }
}
