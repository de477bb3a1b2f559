using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.DeviceMaps.Plant;

/// <summary>A point. Its own are path and place; all else it shares with the points that are described alike, as those of a thousand devices of one template are.</summary>
public sealed record PointMap
{
    private static readonly PointMap Unsaid = new() { Name = "", Path = "", Kind = default, Poll = default, Options = PointTraits.Unsaid.Options, Mark = PointTraits.Unsaid.Options.Mark };

    /// <summary>What it shares.</summary>
    internal PointTraits Traits { get; private init; } = PointTraits.Unsaid;

    /// <summary>Its key.</summary>
    public required string Name { get => Traits.Name; init => Traits = Traits with { Name = value }; }

    /// <summary><c>device.point</c>.</summary>
    public required string Path { get; init; }

    /// <summary>What its values mean.</summary>
    public required PointKind Kind { get => Traits.Kind; init => Traits = Traits with { Kind = value }; }

    /// <summary>Poll period: its own, or its device's.</summary>
    public required TimeSpan Poll { get => Traits.Poll; init => Traits = Traits with { Poll = value }; }

    /// <summary>Greatest observed gap, or zero for three polls.</summary>
    public TimeSpan MaxGap { get => Traits.MaxGap; init => Traits = Traits with { MaxGap = value }; }

    /// <summary>Unit of measure.</summary>
    public UnitOfMeasure Unit { get => Traits.Unit; init => Traits = Traits with { Unit = value }; }

    /// <summary>One register step in <see cref="Unit"/>; for gauges the factor of the raw number.</summary>
    public ExactDecimal Resolution { get => Traits.Resolution; init => Traits = Traits with { Resolution = value }; }

    /// <summary>32 or 64 where the register is an IEEE 754 number of that width, else 0.</summary>
    public int FloatBits { get => Traits.FloatBits; init => Traits = Traits with { FloatBits = value }; }

    /// <summary>CT × PT.</summary>
    public ExactDecimal Ratio { get => Traits.Ratio; init => Traits = Traits with { Ratio = value }; }

    /// <summary>Steps after which a counter begins at zero again.</summary>
    public long? Modulus { get => Traits.Modulus; init => Traits = Traits with { Modulus = value }; }

    /// <summary>Rated rate of a counter in its own unit per second, or null where nothing rates it.</summary>
    public double? RatedPerSecond { get => Traits.RatedPerSecond; init => Traits = Traits with { RatedPerSecond = value }; }

    /// <summary>How often the device refreshes the register.</summary>
    public TimeSpan Update { get => Traits.Update; init => Traits = Traits with { Update = value }; }

    /// <summary>Habitual fall of a counter, in steps.</summary>
    public long DipSteps { get => Traits.DipSteps; init => Traits = Traits with { DipSteps = value }; }

    /// <summary>True for <c>resets: to_zero</c>.</summary>
    public bool ZeroedByShift { get => Traits.ZeroedByShift; init => Traits = Traits with { ZeroedByShift = value }; }

    /// <summary>True for <c>net_count: true</c>.</summary>
    public bool NetCount { get => Traits.NetCount; init => Traits = Traits with { NetCount = value }; }

    /// <summary>How much earlier a piece was made than counted.</summary>
    public TimeSpan Lag { get => Traits.Lag; init => Traits = Traits with { Lag = value }; }

    /// <summary>Path it had before, or null: its persisted id goes on.</summary>
    public string? Was { get => Traits.Was; init => Traits = Traits with { Was = value }; }

    /// <summary>UTC microseconds at which the register began anew by hand (another meter, another ratio, another address), ascending; their number is its register epoch.</summary>
    public ImmutableArray<long> Epochs { get => Traits.Epochs; init => Traits = Traits with { Epochs = value }; }

    /// <summary>Limits of writing, or null: the point is only read.</summary>
    public WriteLimits? Writable { get => Traits.Writable; init => Traits = Traits with { Writable = value }; }

    /// <summary>Raw value → state, for kind state.</summary>
    public ImmutableSortedDictionary<long, MachineState> States { get => Traits.States; init => Traits = Traits with { States = value }; }

    /// <summary>Bound driver options.</summary>
    public required OptionValues Options { get => Traits.Options.At(Mark); init => Traits = Traits with { Options = value }; }

    /// <summary>Place of its key.</summary>
    public required Mark Mark { get; init; }

    /// <summary>A point that is described already.</summary>
    internal static PointMap Of(string path, Mark mark, PointTraits traits) => Unsaid with { Path = path, Mark = mark, Traits = traits };
}
