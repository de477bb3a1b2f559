using EdgeGateway.Records.Numbers;

namespace EdgeGateway.DeviceMaps.Options;

/// <summary>Kind of an option's value, as far as an editor can check it.</summary>
public enum ValueKind
{
    /// <summary>Anything.</summary>
    Any,

    /// <summary>A text; numbers and words such as true are texts too.</summary>
    Text,

    /// <summary>A text or a list of texts.</summary>
    Texts,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A decimal number.</summary>
    Number,

    /// <summary>A duration with its unit.</summary>
    Duration,

    /// <summary>A number with its unit.</summary>
    Measure,

    /// <summary>So much per time.</summary>
    Rate,

    /// <summary>One of the option's choices.</summary>
    Choice,

    /// <summary>A table that is described elsewhere.</summary>
    Table,

    /// <summary>A point, written device.point.</summary>
    Point,

    /// <summary>A point or a list of points.</summary>
    Points,

    /// <summary>A point, a list of points, or a table of the option's choices with such.</summary>
    Meters,

    /// <summary>A table of raw values and states.</summary>
    States,

    /// <summary>A price, or a table of dates and prices.</summary>
    DatedPrice,
}

/// <summary>Form of an option's value, for schemas.</summary>
/// <param name="Kind">Its kind.</param>
public sealed record ValueShape(ValueKind Kind)
{
    /// <summary>Least value of an integer.</summary>
    public long? Min { get; init; }

    /// <summary>Greatest value of an integer.</summary>
    public long? Max { get; init; }

    /// <summary>Regular expression of a text, as far as its form says; or null.</summary>
    public string? Pattern { get; init; }

    /// <summary>What a measure measures.</summary>
    public Dimension Dimension { get; init; }
}
