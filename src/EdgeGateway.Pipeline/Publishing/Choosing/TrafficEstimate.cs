using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Pipeline.Publishing.Choosing;

/// <summary>What a publisher is expected to send a day. Events and restatements are left out: nobody knows how many there will be.</summary>
/// <param name="Records">Bytes of records.</param>
/// <param name="LeastSamples">Bytes of samples where no value ever changes.</param>
/// <param name="MostSamples">Bytes of samples where every value changes at every reading.</param>
/// <param name="Budget">Bytes that may be sent, or 0 where nobody said.</param>
public sealed record TrafficEstimate(double Records, double LeastSamples, double MostSamples, long Budget)
{
    private const double DaySeconds = 86_400, BatchesADay = 24;

    /// <summary>True where even an eventful day keeps to the budget, or there is none.</summary>
    public bool Fits => Budget == 0 || Records + MostSamples <= Budget;

    /// <summary>Estimates a publisher of a plant.</summary>
    public static TrafficEstimate Of(PlantMap plant, PublisherMap map, TrafficShape shape)
    {
        ArgumentNullException.ThrowIfNull(plant);
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(shape);
        var choice = PublisherChoice.Of(map.Options);
        return new TrafficEstimate(choice.Streams.Contains(RecordStream.Records) ? RecordsOf(plant, choice, shape) : 0, SamplesOf(plant, choice, shape, true), SamplesOf(plant, choice, shape, false), choice.BytesPerDay);
    }

    private static double RecordsOf(PlantMap plant, PublisherChoice choice, TrafficShape shape)
    {
        var kinds = plant.Metering.Longer.Append(plant.Metering.Base).Concat(plant.Metering.Calendar).Where(choice.Wants).Distinct();
        var windows = kinds.Sum(k => Windows(k, plant.Shifts.Length));
        return plant.Units.Where(u => choice.WantsUnit(u.Name)).Sum(u => windows * (shape.Record + u.Inputs.Length * (double)shape.Input));
    }

    private static double Windows(WindowKind kind, int shifts) => kind switch
    {
        { FixedMicros: > 0 and var length } => DaySeconds * 1e6 / length,
        _ when kind == WindowKind.Shift => shifts,
        _ when kind == WindowKind.Batch => BatchesADay,
        _ when kind == WindowKind.Month => 1.0 / 30,
        _ => 1,
    };

    private static double SamplesOf(PlantMap plant, PublisherChoice choice, TrafficShape shape, bool least)
    {
        if (!choice.Streams.Contains(RecordStream.Telemetry)) return 0;
        var quiet = least && choice.Telemetry == TelemetryMode.OnChange;
        return plant.Devices.Sum(device => device.Points.Where(p => choice.WantsPoint(p.Path)).GroupBy(p => p.Poll).Sum(polled =>
        {
            var every = quiet ? Math.Max(polled.Key.TotalSeconds, choice.MaxSilence.TotalSeconds) : polled.Key.TotalSeconds;
            // What is collected goes together, and then what is stored together as well.
            var together = choice.IsTapped ? choice.Together.TotalSeconds : Math.Max(plant.Store.Commit.TotalSeconds, choice.Collect.TotalSeconds);
            return DaySeconds / Math.Max(every, 0.001) * polled.Count() * shape.Sample + DaySeconds / Math.Max(every, Math.Max(together, 0.001)) * shape.Message;
        }));
    }
}
