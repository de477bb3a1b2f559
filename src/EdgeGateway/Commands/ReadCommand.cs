using System.CommandLine;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Faults;
using EdgeGateway.Logs;
using EdgeGateway.Reading;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Commands;

/// <summary><c>read</c>: every point once, as it is now.</summary>
internal static class ReadCommand
{
    public static Command Create()
    {
        var map = MapArgument.Create();
        var limit = new System.CommandLine.Option<string>("--timeout") { Description = "How long to wait for all answers.", DefaultValueFactory = _ => "10s" };
        var command = new Command("read", "Read every point of the map once and print it. Stores and publishes nothing; exit code 1 where a point has no value.") { map, limit };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (!Durations.TryParse(parsed.GetValue(limit), out var wait) || wait <= TimeSpan.Zero)
            {
                Console.Error.WriteLine("--timeout: expected a duration such as 10s.");
                return ExitCode.Usage;
            }
            if (MapArgument.Load(parsed.GetRequiredValue(map)) is not { } loaded) return ExitCode.Faults;
            using var log = LoggerFactory.Create(b => b.SetMinimumLevel(LogLevel.Warning).AddProvider(new LogTargets(TimeProvider.System, new TextLines(Console.Error))));
            var points = await PlantReading.ReadAsync(loaded, wait, TimeProvider.System, log, cancellationToken);
            Print(points);
            return points.All(p => p.Good) ? ExitCode.Done : ExitCode.Faults;
        });
        return command;
    }

    private static void Print(IReadOnlyList<ReadPoint> points)
    {
        var name = points.Select(p => TerminalWidth.Of(p.Point)).Append(5).Max();
        var value = points.Select(p => TerminalWidth.Of(p.Value)).Append(5).Max();
        var unit = points.Select(p => TerminalWidth.Of(p.Unit)).Append(4).Max();
        Console.WriteLine($"{"POINT".PadRight(name)}  {"VALUE".PadLeft(value)} {"UNIT".PadRight(unit)}  QUALITY");
        foreach (var p in points) Console.WriteLine($"{TerminalWidth.Fill(p.Point, name)}  {new string(' ', value - TerminalWidth.Of(p.Value))}{p.Value} {TerminalWidth.Fill(p.Unit, unit)}  {p.Quality}");
    }
}
