using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Pipeline.Publishing.Choosing;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Pipeline.Publishing;

/// <summary>What a publisher can carry; each stream has its own cursor. Durable words.</summary>
public enum RecordStream : byte
{
    /// <summary>Window records; ids of the record log.</summary>
    Records = 1,

    /// <summary>Samples; numbers of the input log.</summary>
    Telemetry = 2,

    /// <summary>Events; ids of the event log.</summary>
    Events = 3,
}

/// <summary>A kind of target, such as MQTT. Registered once, in the executable.</summary>
public interface IPublisherType
{
    /// <summary>Its share of the map language.</summary>
    PublisherSchema Schema { get; }

    /// <summary>About how much it sends for what, for <c>plan</c>.</summary>
    TrafficShape Traffic { get; }

    /// <summary>Makes a publisher; opens nothing yet.</summary>
    IPublisher Create(PublisherMap map, PublisherServices services);
}

/// <summary>What a publisher is given.</summary>
/// <param name="GatewayId">Name of this box.</param>
/// <param name="Names">Names and facts of points and units.</param>
/// <param name="Time">For timers and deadlines.</param>
/// <param name="Random">A number in [0, 1) for jitter; thread-safe.</param>
/// <param name="Log">For the few lines worth saying.</param>
public sealed record PublisherServices(string GatewayId, INames Names, TimeProvider Time, Func<double> Random, ILoggerFactory Log);

/// <summary>Names behind persisted ids. Thread-safe.</summary>
public interface INames
{
    /// <summary>What is known of a point, or null where the map no longer has it.</summary>
    PointName? Point(int id);

    /// <summary>Path of a unit, or null.</summary>
    string? Unit(int id);
}

/// <summary>One target. A loop of its own drives it: connect, publish, publish…; on a failure it waits and connects again.</summary>
public interface IPublisher : IAsyncDisposable
{
    /// <summary>Its name in the map.</summary>
    string Name { get; }

    /// <summary>What it carries, and under which names.</summary>
    ChosenData Chosen { get; }

    /// <summary>Bytes sent to the target so far, as far as the publisher can see: what a metered line is charged for. Any thread.</summary>
    long BytesSent { get; }

    /// <summary>Connects; returns when items can be sent.</summary>
    /// <exception cref="PublisherException">The target refused or is out of reach; the message says what to do.</exception>
    Task ConnectAsync(CancellationToken cancellationToken);

    /// <summary>Sends items in order and sets the outcome of each. The caller owns both; outcomes begin as <see cref="OutcomeKind.Retry"/>.</summary>
    /// <exception cref="PublisherException">The line broke: outcomes already set hold, the others are tried again.</exception>
    Task PublishAsync(IReadOnlyList<PublishItem> items, Outcome[] outcomes, CancellationToken cancellationToken);
}

/// <summary>The target refused or is out of reach; the message is fit for an operator.</summary>
public sealed class PublisherException : Exception
{
    /// <summary>For serialisers only.</summary>
    public PublisherException()
    {
    }

    /// <summary>With a message that says what, where and what to do.</summary>
    public PublisherException(string message) : base(message)
    {
    }

    /// <summary>With its cause.</summary>
    public PublisherException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>Not to be tried again before this much time; above zero it is an alarm, because no waiting mends it by itself.</summary>
    public TimeSpan After { get; init; }
}

/// <summary>Something to publish.</summary>
/// <param name="Id">Id in its stream.</param>
public abstract record PublishItem(long Id);

/// <summary>A window record.</summary>
/// <param name="Id">Id in the record log.</param>
/// <param name="Record">The record; read only.</param>
/// <param name="Restates">Whether an earlier statement about its key was durable, and so may be at the target.</param>
public sealed record RecordItem(long Id, WindowRecord Record, bool Restates = false) : PublishItem(Id);

/// <summary>The samples of one entry of the input log.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Samples">Rows in order.</param>
public sealed record TelemetryItem(long Id, IReadOnlyList<SampleRow> Samples) : PublishItem(Id);

/// <summary>An event.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Happening">The event.</param>
public sealed record EventItem(long Id, GatewayEvent Happening) : PublishItem(Id);

/// <summary>A sample as read back from the log.</summary>
/// <param name="Point">Persisted point id.</param>
/// <param name="Time">UTC microseconds.</param>
/// <param name="Number">Value of a gauge.</param>
/// <param name="Integer">Steps of a counter, code of a state.</param>
/// <param name="Quality">Quality.</param>
/// <param name="Text">Text, or null.</param>
public readonly record struct SampleRow(int Point, long Time, double Number, long Integer, Quality Quality, string? Text);

/// <summary>What became of an item.</summary>
public enum OutcomeKind : byte
{
    /// <summary>Not delivered; try again.</summary>
    Retry = 0,

    /// <summary>The target has it.</summary>
    Accepted = 1,

    /// <summary>The target will never take it: it is quarantined with the reason and blocks nothing.</summary>
    Rejected = 2,
}

/// <summary>What became of an item, and why.</summary>
/// <param name="Kind">What.</param>
/// <param name="After">For a retry: not before this much time.</param>
/// <param name="Reason">For a retry or rejection.</param>
public readonly record struct Outcome(OutcomeKind Kind, TimeSpan After = default, string? Reason = null)
{
    /// <summary>The target has it.</summary>
    public static Outcome Accepted => new(OutcomeKind.Accepted);
}
