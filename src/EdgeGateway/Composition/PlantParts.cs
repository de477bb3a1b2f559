using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Pipeline.Time;
using EdgeGateway.Pipeline.Writing;

namespace EdgeGateway.Composition;

/// <summary>Makes the loops of a plant, all of them at the start and some of them at a reload.</summary>
/// <param name="options">What the gateway is made of.</param>
/// <param name="ingest">Where samples go.</param>
/// <param name="stamps">Times of samples.</param>
/// <param name="store">Where publishers read.</param>
/// <param name="names">Names that publishers keep while plans change.</param>
/// <param name="random">Jitter.</param>
/// <param name="hold">What keeps publishers from their targets.</param>
internal sealed class PlantParts(GatewayOptions options, IngestLoop ingest, StampClock stamps, IStore store, LiveNames names, Func<double> random, PublishHold hold)
{
    private readonly Dictionary<string, (IBus Bus, BusPlan Plan)> _buses = new(StringComparer.Ordinal);

    /// <summary>Buses of the connections that carry devices and are <paramref name="wanted"/>; nothing is opened yet.</summary>
    public IReadOnlyList<IBus> Buses(LoadedMap map, CompiledPlant plant, Func<string, bool> wanted)
    {
        var services = new BusServices(options.Time, stamps, ingest.SinkFor(plant), random, options.Log) { Writes = options.Writes };
        var made = new List<IBus>();
        foreach (var plan in plant.Buses.Where(b => b.Devices.Length > 0 && wanted(b.Connection.Name)))
        {
            var bus = map.Registrations.Drivers.First(d => d.Schema.Key == plan.Connection.Driver).CreateBus(plan, services);
            _buses[plan.Connection.Name] = (bus, plan);
            made.Add(bus);
        }
        return made;
    }

    /// <summary>Publishers that are <paramref name="wanted"/>; nothing is opened yet.</summary>
    public IReadOnlyList<PublisherLoop> Publishers(LoadedMap map, Func<string, bool> wanted)
    {
        if (!options.Publish) return [];
        var services = new PublisherServices(map.Plant.Gateway.Id, names, options.Time, random, options.Log);
        return
        [
            .. map.Plant.Publishers.Where(p => wanted(p.Name))
                .Select(p => map.Registrations.Publishers.First(t => t.Schema.Key == p.Type).Create(p, services))
                .Select(p => new PublisherLoop(p, store, options.Time, random, options.Log, hold)),
        ];
    }

    /// <summary>Points of the plant that may be written, each with the slot that its bus knows it by.</summary>
    public IEnumerable<WritablePoint> Writables(CompiledPlant plant) =>
        from connection in plant.Buses
        where _buses.TryGetValue(connection.Connection.Name, out var known) && known.Bus is IWritableBus
        let running = _buses[connection.Connection.Name]
        from point in running.Plan.Devices.SelectMany(d => d.Points)
        where point.Map.Writable is not null
        select new WritablePoint(point.Map, point.Slot, (IWritableBus)running.Bus);

    /// <summary>Forgets buses that have ended.</summary>
    public void Forget(IEnumerable<string> connections)
    {
        foreach (var name in connections) _buses.Remove(name);
    }
}
