namespace EdgeGateway.Records.Windows;

/// <summary>The part an input plays in its unit. Durable numbers.</summary>
public enum InputRole : byte
{
    /// <summary>A carrier bought from outside the site, or measured below such a supply.</summary>
    Purchased = 1,

    /// <summary>A carrier generated on the site.</summary>
    Generated = 2,

    /// <summary>A carrier made from another one inside the site.</summary>
    Internal = 3,

    /// <summary>A carrier put into a store on the site, taken off, or taken out of it: neither bought nor made.</summary>
    Storage = 4,

    /// <summary>Good pieces.</summary>
    Good = 16,

    /// <summary>Scrapped pieces.</summary>
    Scrap = 17,
}

/// <summary>Why a segment ends where it does. Durable numbers.</summary>
public enum SegmentCut : byte
{
    /// <summary>At the window's own end.</summary>
    WindowEnd = 0,

    /// <summary>A batch began or ended.</summary>
    Batch = 1,

    /// <summary>A register epoch began.</summary>
    Epoch = 2,

    /// <summary>A ratio changed.</summary>
    Ratio = 3,

    /// <summary>A tariff changed.</summary>
    Tariff = 4,

    /// <summary>A factor, a coefficient or a price changed.</summary>
    Factor = 5,

    /// <summary>Another product was made.</summary>
    Product = 6,
}

/// <summary>What a machine was doing. Durable numbers; they index the by-state columns.</summary>
public enum MachineState : byte
{
    /// <summary>Producing.</summary>
    Running = 0,

    /// <summary>Ready, not producing.</summary>
    Idle = 1,

    /// <summary>Off or at rest.</summary>
    Stopped = 2,

    /// <summary>Not known.</summary>
    Unknown = 3,
}

/// <summary>Why a figure has no value. Durable numbers.</summary>
public enum FigureReason : byte
{
    /// <summary>It has one.</summary>
    None = 0,

    /// <summary>Nothing was produced.</summary>
    NoOutput = 1,

    /// <summary>Too few pieces for an honest ratio.</summary>
    BelowMinPieces = 2,

    /// <summary>Too little of the window was observed.</summary>
    Coverage = 3,

    /// <summary>An input is only estimated.</summary>
    EstimatedInput = 4,

    /// <summary>An input is not known at all.</summary>
    NoData = 5,

    /// <summary>The number is out of range.</summary>
    OutOfRange = 6,

    /// <summary>No coefficient or factor holds for a carrier in the unit that it is counted in.</summary>
    NoFactor = 7,

    /// <summary>No price holds for the product.</summary>
    NoPrice = 8,

    /// <summary>Nothing was supplied at the boundary that it could be carried down from.</summary>
    NoSupply = 9,

    /// <summary>A factor or price changes within the window, which is not cut there.</summary>
    ChangedWithin = 10,

    /// <summary>It is not known which product was made.</summary>
    NoProduct = 11,
}

/// <summary>Words for payloads.</summary>
public static class VocabularyWords
{
    /// <summary>The state's word: <c>running</c>.</summary>
    public static string Word(this MachineState state) => state switch
    {
        MachineState.Running => "running",
        MachineState.Idle => "idle",
        MachineState.Stopped => "stopped",
        _ => "unknown",
    };

    /// <summary>The reason's word, or null where there is none.</summary>
    public static string? Word(this FigureReason reason) => reason switch
    {
        FigureReason.None => null,
        FigureReason.NoOutput => "no_output",
        FigureReason.BelowMinPieces => "below_min_pieces",
        FigureReason.Coverage => "coverage",
        FigureReason.EstimatedInput => "estimated_input",
        FigureReason.NoData => "no_data",
        FigureReason.OutOfRange => "out_of_range",
        FigureReason.NoFactor => "no_factor",
        FigureReason.NoPrice => "no_price",
        FigureReason.NoSupply => "no_supply",
        FigureReason.ChangedWithin => "changed_within",
        FigureReason.NoProduct => "no_product",
        _ => "other",
    };
}
