namespace EdgeGateway.Records.Windows;

/// <summary>How a quantity is known; of several inputs the worst counts, and a higher number is worse.</summary>
public enum Basis : byte
{
    /// <summary>Both edges are bracketed by accepted samples within the greatest allowed gap.</summary>
    Exact = 0,

    /// <summary>An edge lies in a gap: the energy is known, its split over time is estimated.</summary>
    Estimated = 1,

    /// <summary>At least this much: a shift-zeroed counter, or the first window after installation.</summary>
    LowerBound = 2,

    /// <summary>Data are awaited; a revision will follow.</summary>
    Provisional = 3,

    /// <summary>Nothing is known.</summary>
    None = 4,
}

/// <summary>Words for a <see cref="Basis"/>.</summary>
public static class BasisWords
{
    /// <summary>The word in payloads and on the page.</summary>
    public static string Word(this Basis basis) => basis switch
    {
        Basis.Exact => "exact",
        Basis.Estimated => "estimated",
        Basis.LowerBound => "lower_bound",
        Basis.Provisional => "provisional",
        _ => "none",
    };

    /// <summary>The worse of two.</summary>
    public static Basis Worst(this Basis basis, Basis other) => basis > other ? basis : other;
}
