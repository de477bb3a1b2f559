using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Metering.Carbon;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.DeviceMaps.Plant;

/// <summary>A whole validated map: immutable.</summary>
public sealed record PlantMap
{
    /// <summary>The box itself.</summary>
    public required GatewayMap Gateway { get; init; }

    /// <summary>Where data are kept.</summary>
    public required StoreMap Store { get; init; }

    /// <summary>Connections in the order of the map.</summary>
    public required ImmutableArray<ConnectionMap> Connections { get; init; }

    /// <summary>The plant's day, and on which days it works.</summary>
    public CalendarMap Calendar { get; init; } = CalendarMap.Default;

    /// <summary>Shifts in the order of the map; no two overlap.</summary>
    public ImmutableArray<ShiftMap> Shifts { get; init; } = [];

    /// <summary>Products in the order of the map.</summary>
    public ImmutableArray<ProductMap> Products { get; init; } = [];

    /// <summary>Devices in the order of the map.</summary>
    public required ImmutableArray<DeviceMap> Devices { get; init; }

    /// <summary>Units in the order of the map.</summary>
    public required ImmutableArray<UnitMap> Units { get; init; }

    /// <summary>Windows.</summary>
    public required MeteringMap Metering { get; init; }

    /// <summary>Publishers in the order of the map.</summary>
    public required ImmutableArray<PublisherMap> Publishers { get; init; }

    /// <summary>The page.</summary>
    public DashboardMap Dashboard { get; init; } = new();
}

/// <summary>The section <c>gateway</c>.</summary>
/// <param name="Id">Name of this box in topics and records.</param>
/// <param name="Timezone">IANA name; used from windows of a day on.</param>
/// <param name="ClockWait">How long to wait for a trusted clock before going on flagged <c>clock_unverified</c>.</param>
/// <param name="ClockDevice">Device, or text point, whose clock is believed where nobody better vouches; or null.</param>
public sealed record GatewayMap(string Id, string Timezone, TimeSpan ClockWait, string? ClockDevice = null)
{
    /// <summary>Name of the plant, or null.</summary>
    public string? Site { get; init; }

    /// <summary>Unified social credit code of the enterprise, or null.</summary>
    public string? EnterpriseCode { get; init; }
}


/// <summary>A connection.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Driver">The driver's key.</param>
/// <param name="Options">Bound connection options.</param>
/// <param name="Mark">Place of its key.</param>
public sealed record ConnectionMap(string Name, string Driver, OptionValues Options, Mark Mark);

/// <summary>A device.</summary>
public sealed record DeviceMap
{
    /// <summary>Its key.</summary>
    public required string Name { get; init; }

    /// <summary>Its connection's name.</summary>
    public required string Connection { get; init; }

    /// <summary>Name of the template that described it, or null.</summary>
    public string? Template { get; init; }

    /// <summary>Bound driver options.</summary>
    public required OptionValues Options { get; init; }

    /// <summary>Points in the order of the map.</summary>
    public required ImmutableArray<PointMap> Points { get; init; }

    /// <summary>Place of its key.</summary>
    public required Mark Mark { get; init; }
}

/// <summary>Within what a point may be written.</summary>
/// <param name="Min">Least value, in the point's unit, or least raw value of a state.</param>
/// <param name="Max">Greatest value.</param>
/// <param name="Every">Least time between two writes.</param>
public sealed record WriteLimits(ExactDecimal Min, ExactDecimal Max, TimeSpan Every);

/// <summary>A unit of the plant.</summary>
public sealed record UnitMap
{
    /// <summary>Its key.</summary>
    public required string Name { get; init; }

    /// <summary>Its parent's key, or null.</summary>
    public string? Parent { get; init; }

    /// <summary>Counters that enter it.</summary>
    public ImmutableArray<UnitInputMap> Inputs { get; init; } = [];

    /// <summary>Path of its state point, or null.</summary>
    public string? State { get; init; }

    /// <summary>Paths of gauges to summarise.</summary>
    public ImmutableArray<string> Gauges { get; init; } = [];

    /// <summary>What it makes, beside its counters of pieces.</summary>
    public OutputMap Output { get; init; } = new();

    /// <summary>What a good piece adds in value, by date, where its product does not say; empty where nothing is said.</summary>
    public ImmutableArray<DatedPrice> ValueAdded { get; init; } = [];

    /// <summary>Path of the text or state point whose value is the code of the batch under way, or null.</summary>
    public string? Batch { get; init; }

    /// <summary>How long a batch may last before it is closed.</summary>
    public TimeSpan BatchMax { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Name it had before, or null: its persisted id goes on.</summary>
    public string? Was { get; init; }

    /// <summary>What it aims at, by the name of the figure, in the figure's unit.</summary>
    public ImmutableSortedDictionary<string, ExactDecimal> Targets { get; init; } = ImmutableSortedDictionary<string, ExactDecimal>.Empty;

    /// <summary>Fewest good pieces for a figure per piece.</summary>
    public int MinPieces { get; init; } = 1;

    /// <summary>Place of its key.</summary>
    public required Mark Mark { get; init; }
}

/// <summary>A counter in a unit.</summary>
/// <param name="Point">Path of the counter.</param>
/// <param name="Role">Its part.</param>
/// <param name="Carrier">What flows.</param>
/// <param name="Sign">+1 or -1.</param>
public sealed record UnitInputMap(string Point, InputRole Role, Carrier Carrier, sbyte Sign);

/// <summary>The section <c>metering</c>.</summary>
/// <param name="Base">Base window.</param>
/// <param name="Longer">Longer windows of fixed length, ascending.</param>
/// <param name="Lateness">How long a window waits, or null for the default.</param>
public sealed record MeteringMap(WindowKind Base, ImmutableArray<WindowKind> Longer, TimeSpan? Lateness)
{
    /// <summary>Windows of the calendar to state: day, month, shift and batch, in this order.</summary>
    public ImmutableArray<WindowKind> Calendar { get; init; } = [];

    /// <summary>Coal equivalents, or null.</summary>
    public ReferenceSet? Coefficients { get; init; }

    /// <summary>Emission factors, or null.</summary>
    public ReferenceSet? Factors { get; init; }

    /// <summary>Electricity factors of product footprints, or null.</summary>
    public ReferenceSet? Footprint { get; init; }

    /// <summary>Which year's factor a window takes.</summary>
    public ReferencePolicy Policy { get; init; }
}

/// <summary>A publisher.</summary>
/// <param name="Name">Its key; its cursors hang on it.</param>
/// <param name="Type">The publisher type's key.</param>
/// <param name="Options">Bound options.</param>
/// <param name="Mark">Place of its key.</param>
public sealed record PublisherMap(string Name, string Type, OptionValues Options, Mark Mark)
{
    /// <summary>The box that publishes, or null where it is of no meaning.</summary>
    public GatewayMap? Gateway { get; init; }
}
