using System.Globalization;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Pipeline.Time;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;
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
        var compiled = PlantCompiler.Compile(plant, Numbered, Numbered);
        var first = new FirstSamples(compiled.PointIds.Length);
        var services = new BusServices(time, new StampClock(time), first, () => 0.5, log);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var buses = compiled.Buses.Where(b => b.Devices.Length > 0)
            .Select(b => map.Registrations.Drivers.First(d => d.Schema.Key == b.Connection.Driver).CreateBus(b, services))
            .Select(b => Task.Run(() => b.RunAsync(ending.Token), CancellationToken.None)).ToArray();
        await Task.WhenAny(first.Complete, Task.Delay(limit, time, ending.Token));
        await ending.CancelAsync();
        await Task.WhenAll(buses).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return [.. plant.Devices.SelectMany(d => d.Points).Select((p, slot) => Show(p, first[slot]))];
    }

    /// <summary>Nothing is kept, so any ids will do.</summary>
    private static int[] Numbered(IReadOnlyList<string> paths) => [.. Enumerable.Range(1, paths.Count)];

    private static ReadPoint Show(PointMap point, Pipeline.Ingesting.LatestValue? sample)
    {
        if (sample is not { } value) return new ReadPoint(point.Path, "-", point.Unit.Symbol(), "no answer", false);
        if (!value.Quality.HasValue()) return new ReadPoint(point.Path, "-", point.Unit.Symbol(), value.Quality.Word(), false);
        var text = point.Kind switch
        {
            PointKind.Gauge => value.Number.ToString("0.######", CultureInfo.InvariantCulture),
            PointKind.Counter => Counted(point, value.Integer),
            PointKind.State => ((MachineState)value.Integer).Word(),
            _ => value.Text ?? "",
        };
        return new ReadPoint(point.Path, text, point.Unit.Symbol(), value.Quality.Word(), true);
    }

    /// <summary>Steps × resolution × ratio, exactly; a register beyond that range is shown in steps.</summary>
    private static string Counted(PointMap point, long steps)
    {
        try
        {
            return new ExactDecimal(steps, 0).Multiply(point.Resolution).Multiply(point.Ratio).ToString();
        }
        catch (OverflowException)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{steps} steps");
        }
    }
}
