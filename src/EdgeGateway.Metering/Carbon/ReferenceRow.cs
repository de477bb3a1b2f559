using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Carbon;

/// <summary>One coefficient or factor with its whole citation.</summary>
public sealed record ReferenceRow
{
    /// <summary>Name of the set that it was read from.</summary>
    public required string Set { get; init; }

    /// <summary>What it is for.</summary>
    public required ReferenceUse Use { get; init; }

    /// <summary>Of which carrier.</summary>
    public required Carrier Carrier { get; init; }

    /// <summary>Which of several kinds of the carrier, such as <c>oil_field</c>; "" where there is one.</summary>
    public string Variant { get; init; } = "";

    /// <summary>The number, in <see cref="Unit"/>; a computed one is rounded half to even to nine places.</summary>
    public required ExactDecimal Value { get; init; }

    /// <summary>Its unit, such as <c>kgCO2/kWh</c>.</summary>
    public required UnitQuotient Unit { get; init; }

    /// <summary>How it was worked out of the numbers of its source; "" where it is printed there.</summary>
    public string Derivation { get; init; } = "";

    /// <summary>Who says so.</summary>
    public required string Source { get; init; }

    /// <summary>The document and its number.</summary>
    public required string Document { get; init; }

    /// <summary>The year that the number describes, or that of the edition.</summary>
    public required int Year { get; init; }

    /// <summary>Where it holds, such as <c>CN-44</c>.</summary>
    public required string Region { get; init; }

    /// <summary>True where the number was read in an official text or a page that quotes it.</summary>
    public required bool Verified { get; init; }

    /// <summary>First day on which it may be used.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The day from which it may not be used any more, or null.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Where it is written: <c>file:line:column</c>.</summary>
    public string Place { get; init; } = "";

    /// <summary>The value for one base unit of its carrier's dimension, in base units of what is stated: kgce for a kWh, kgCO2 for a kg.</summary>
    /// <exception cref="OverflowException">It is beyond what a decimal holds.</exception>
    public ExactDecimal PerBase => Quotient.Of(Value.Multiply(Unit.Over.ToBase()), Unit.Under.ToBase());

    /// <summary>Dimension of the amounts that it is multiplied by.</summary>
    public Dimension Counted => Unit.Under.Measures();

    /// <summary>True where both can hold on one day for one and the same amount.</summary>
    public bool Overlaps(ReferenceRow other) =>
        Use == other.Use && Carrier == other.Carrier && Variant == other.Variant && Counted == other.Counted && From < (other.To ?? DateOnly.MaxValue) && other.From < (To ?? DateOnly.MaxValue);
}
