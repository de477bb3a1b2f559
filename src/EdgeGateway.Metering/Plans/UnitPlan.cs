using System.Collections.Immutable;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Plans;

/// <summary>A node of the plant and what is measured of it.</summary>
public sealed record UnitPlan
{
    /// <summary>Persisted id.</summary>
    public required int Id { get; init; }

    /// <summary>Path for events, such as <c>line-1</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Index of the parent in <see cref="MeteringPlan.Units"/>, or -1.</summary>
    public int Parent { get; init; } = -1;

    /// <summary>Its own counters. A unit without own electricity inputs takes the sum of its children's; one with them shows the unmetered rest.</summary>
    public ImmutableArray<UnitInputPlan> Inputs { get; init; } = [];

    /// <summary>Slot of the state point, or -1: the time is then unknown.</summary>
    public int StateSlot { get; init; } = -1;

    /// <summary>Slot of the text or state point whose value is the code of the batch under way, or -1: then it has no batches.</summary>
    public int BatchSlot { get; init; } = -1;

    /// <summary>How long a batch may last before it is closed, microseconds.</summary>
    public long BatchMaxMicros { get; init; } = 24 * Records.Time.UtcMicros.PerHour;

    /// <summary>Slot of the text or state point whose value is the code of the product under way, or -1.</summary>
    public int ProductSlot { get; init; } = -1;

    /// <summary>Slots of gauges to summarise in its records.</summary>
    public ImmutableArray<int> Gauges { get; init; } = [];

    /// <summary>What its good pieces are worth, or null.</summary>
    public Output.OutputPlan? Output { get; init; }

    /// <summary>Fewest good pieces for a figure per piece; below it the figure is null.</summary>
    public int MinPieces { get; init; } = 1;

    /// <summary>Least coverage for a figure per piece, 0 to 1.</summary>
    public double MinCoverage { get; init; } = 0.5;
}

/// <summary>A counter and how it enters its unit.</summary>
/// <param name="Slot">Slot of the counter.</param>
/// <param name="Role">Its part.</param>
/// <param name="Carrier">What flows; none for output.</param>
/// <param name="Sign">+1 or -1.</param>
/// <param name="PowerSlot">Slot of the gauge that measures the counter's power, among the unit's gauges, or -1.</param>
public readonly record struct UnitInputPlan(int Slot, InputRole Role, Carrier Carrier, sbyte Sign = 1, int PowerSlot = -1);
