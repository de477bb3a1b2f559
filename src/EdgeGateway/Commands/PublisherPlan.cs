using System.Globalization;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Pipeline.Publishing.Choosing;

namespace EdgeGateway.Commands;

/// <summary>Prints what a publisher is expected to send a day.</summary>
internal static class PublisherPlan
{
    /// <summary>Prints it; false where it may pass its budget.</summary>
    public static bool Print(TrafficEstimate day, PublisherMap target)
    {
        var samples = day.LeastSamples < day.MostSamples ? $"{Megabytes(day.LeastSamples)} to {Megabytes(day.MostSamples)}" : Megabytes(day.MostSamples);
        Console.WriteLine($"{target.Name}  {target.Type}: about {Megabytes(day.Records)} MB of records and {samples} MB of samples a day{(day.Budget > 0 ? $"; budget {Megabytes(day.Budget)} MB" : "")}");
        if (day.Fits) return true;
        Console.WriteLine("  An eventful day passes the budget: choose fewer windows, units or points, a wider deadband, or a longer poll.");
        return false;
    }

    private static string Megabytes(double bytes) => (bytes / 1e6).ToString(bytes >= 10_000_000 ? "0" : "0.##", CultureInfo.InvariantCulture);
}
