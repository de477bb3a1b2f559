using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Pipeline.Time;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Reading;

/// <summary>A point as it was read once.</summary>
/// <param name="Point">The point.</param>
/// <param name="Value">Its value for people, or "-".</param>
/// <param name="Unit">Its unit's symbol.</param>
/// <param name="Quality">The quality's word, or <c>no answer</c>.</param>
/// <param name="Good">True where there is a value.</param>
internal sealed record ReadPoint(string Point, string Value, string Unit, string Quality, bool Good);

/// <summary>Reads every point of a plant once, over its real drivers, without a store.</summary>
internal static class PlantReading
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>Reads; a point that has not answered within <paramref name="limit"/> is said to be missing.</summary>
    public static async Task<IReadOnlyList<ReadPoint>> ReadAsync(LoadedMap map, TimeSpan limit, TimeProvider time, ILoggerFactory log, CancellationToken cancellationToken)
    {
        // A meter that is polled once a quarter of an hour is not waited for that long.
        var plant = map.Plant with { Devices = [.. map.Plant.Devices.Select(d => d with { Points = [.. d.Points.Select(p => p with { Poll = Period })] })] };
        var first = new FirstSamples(PlantSampling.Count(plant));
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var over = Task.WhenAny(first.Complete, Task.Delay(limit, time, waiting.Token));
        await PlantSampling.RunAsync(plant, map.Registrations, first, new StampClock(time), time, log, over, cancellationToken);
        await waiting.CancelAsync();
        return [.. PlantSampling.Points(plant).Select((p, slot) => Show(p, first[slot]))];
    }

    private static ReadPoint Show(PointMap point, Pipeline.Ingesting.LatestValue? sample) => sample is { } value
        ? new ReadPoint(point.Path, PointText.Value(point, value), point.Unit.Symbol(), value.Quality.Word(), value.Quality.HasValue())
        : new ReadPoint(point.Path, "-", point.Unit.Symbol(), "no answer", false);
}
