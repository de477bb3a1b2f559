using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Pipeline.Loops;
using EdgeGateway.Pipeline.Time;
using EdgeGateway.Pipeline.Writing;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Pipeline.Buses;

/// <summary>Speaks one protocol: makes a bus of each connection. Registered once, in the executable.</summary>
public interface IDriver
{
    /// <summary>Its share of the map language.</summary>
    DriverSchema Schema { get; }

    /// <summary>Plans the connection's requests and makes its bus; opens nothing yet.</summary>
    IBus CreateBus(BusPlan plan, BusServices services);
}

/// <summary>A connection with its devices and the slots of their points.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Devices">Its devices.</param>
public sealed record BusPlan(ConnectionMap Connection, ImmutableArray<BusDevice> Devices);

/// <summary>A device on a bus.</summary>
/// <param name="Map">As the map says.</param>
/// <param name="Points">Its points with their slots.</param>
public sealed record BusDevice(DeviceMap Map, ImmutableArray<BusPoint> Points);

/// <summary>A point and its slot in the plan in force.</summary>
/// <param name="Map">As the map says.</param>
/// <param name="Slot">Column value of its samples.</param>
public readonly record struct BusPoint(PointMap Map, int Slot);

/// <summary>What a bus is given.</summary>
/// <param name="Time">For timers and deadlines.</param>
/// <param name="Stamps">For the times of samples.</param>
/// <param name="Sink">For the samples.</param>
/// <param name="Random">A number in [0, 1) for jitter; thread-safe.</param>
/// <param name="Log">For the few lines worth saying.</param>
public sealed record BusServices(TimeProvider Time, StampClock Stamps, ISampleSink Sink, Func<double> Random, ILoggerFactory Log)
{
    /// <summary>The capability to write, or null: the gateway only reads.</summary>
    public WritePermit? Writes { get; init; }
}

/// <summary>One bus loop: polls its devices until told to stop. A failing device or line is its own business: <see cref="RunAsync"/> ends only by its token.</summary>
public interface IBus
{
    /// <summary>Name of the connection.</summary>
    string Name { get; }

    /// <summary>Counters and health for logs, metrics and page; readable from any thread at any time.</summary>
    BusHealth Health { get; }

    /// <summary>Whether the loop moves or waits.</summary>
    LoopPulse Pulse { get; }

    /// <summary>What the device sent last for a point, before it was made a value; null where nothing came yet, or the protocol has nothing to show. From any thread; for screens.</summary>
    /// <param name="path">The point as <c>device.point</c>: a later plan may give it another slot and another place while the bus runs on.</param>
    RawReading? Raw(string path) => null;

    /// <summary>Runs until <paramref name="cancellationToken"/> is cancelled; closes what it opened.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}

/// <summary>What came over the line for a point.</summary>
/// <param name="Time">Stamp of the sample that was made of it, as the bus stamps.</param>
/// <param name="Text">As people look at it: registers as hexadecimal words, in the order in which they came; or type and value.</param>
public readonly record struct RawReading(long Time, string Text);
