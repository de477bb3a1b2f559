using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Pipeline.Publishing;

namespace EdgeGateway.Pipeline.Loops;

/// <summary>How a running plant becomes another one: which loops end, which plan follows, which loops begin. All others run on.</summary>
public sealed record PlantSwap
{
    /// <summary>The plan that follows.</summary>
    public required CompiledPlant Plant { get; init; }

    /// <summary>Id of its stored plan.</summary>
    public required int PlanId { get; init; }

    /// <summary>Connections whose bus ends.</summary>
    public required IReadOnlyCollection<string> EndBuses { get; init; }

    /// <summary>Publishers that end.</summary>
    public required IReadOnlyCollection<string> EndPublishers { get; init; }

    /// <summary>Makes the buses that begin, once the plan is in force.</summary>
    public required Func<IReadOnlyList<IBus>> BeginBuses { get; init; }

    /// <summary>Makes the publishers that begin, likewise.</summary>
    public required Func<IReadOnlyList<PublisherLoop>> BeginPublishers { get; init; }
}
