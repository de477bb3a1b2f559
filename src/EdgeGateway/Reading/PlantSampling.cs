using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Pipeline.Time;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Reading;

/// <summary>Runs a plant's real drivers onto a sink of one's own, without store, metering or publishers.</summary>
internal static class PlantSampling
{
    /// <summary>Points of <paramref name="plant"/> in the order of their slots.</summary>
    public static IEnumerable<PointMap> Points(PlantMap plant) => plant.Devices.SelectMany(d => d.Points);

    /// <summary>Number of points that have a slot.</summary>
    public static int Count(PlantMap plant) => plant.Devices.Sum(d => d.Points.Length);

    /// <summary>Runs every bus until <paramref name="until"/> ends or the token is cancelled; closes what was opened.</summary>
    public static async Task RunAsync(PlantMap plant, Registrations registrations, ISampleSink sink, StampClock stamps, TimeProvider time, ILoggerFactory log, Task until, CancellationToken cancellationToken)
    {
        var compiled = PlantCompiler.Compile(plant, Numbered, Numbered);
        var services = new BusServices(time, stamps, sink, () => 0.5, log);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var buses = compiled.Buses.Where(b => b.Devices.Length > 0)
            .Select(b => registrations.Drivers.First(d => d.Schema.Key == b.Connection.Driver).CreateBus(b, services))
            .Select(b => Task.Run(() => b.RunAsync(ending.Token), CancellationToken.None)).ToArray();
        await until.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ending.CancelAsync();
        await Task.WhenAll(buses).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Nothing is kept, so any ids will do.</summary>
    private static int[] Numbered(IReadOnlyList<string> paths) => [.. Enumerable.Range(1, paths.Count)];
}
