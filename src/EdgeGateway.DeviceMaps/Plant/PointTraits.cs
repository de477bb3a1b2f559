using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.DeviceMaps.Plant;

/// <summary>What is said of a point beside its path and place, see <see cref="PointMap"/> for the meaning of each. Equal ones are one object, see <see cref="Binding.PointBinder"/>: values that compare by reference are equal only where they are the same. Immutable.</summary>
internal sealed record PointTraits
{
    /// <summary>Nothing was said.</summary>
    public static PointTraits Unsaid { get; } = new() { Options = new OptionValues { Mark = new Mark("", 1, 1) } };

    public string Name { get; init; } = "";

    public PointKind Kind { get; init; }

    public TimeSpan Poll { get; init; }

    public TimeSpan MaxGap { get; init; }

    public UnitOfMeasure Unit { get; init; }

    public ExactDecimal Resolution { get; init; } = ExactDecimal.One;

    public int FloatBits { get; init; }

    public ExactDecimal Ratio { get; init; } = ExactDecimal.One;

    public long? Modulus { get; init; }

    public double? RatedPerSecond { get; init; }

    public TimeSpan Update { get; init; } = TimeSpan.FromSeconds(1);

    public long DipSteps { get; init; }

    public bool ZeroedByShift { get; init; }

    public bool NetCount { get; init; }

    public TimeSpan Lag { get; init; }

    public string? Was { get; init; }

    public ImmutableArray<long> Epochs { get; init; } = [];

    public WriteLimits? Writable { get; init; }

    public ImmutableSortedDictionary<long, MachineState> States { get; init; } = ImmutableSortedDictionary<long, MachineState>.Empty;

    /// <summary>Of whichever point came first: the place in them is not this one's.</summary>
    public required OptionValues Options { get; init; }
}
