using System.CommandLine;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Pipeline.Time;
using EdgeGateway.Logs;
using EdgeGateway.Reading;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Commands;

/// <summary><c>watch</c>: samples as they come, over every driver.</summary>
internal static class WatchCommand
{
    public static Command Create()
    {
        var map = MapArgument.Create();
        var names = new Argument<string[]>("points") { Description = "Points to show, such as plc-1.good, or a device for all of its points; all points where none is given.", DefaultValueFactory = _ => [] };
        var changes = new System.CommandLine.Option<bool>("--changes") { Description = "Show a point only where its value or quality changed." };
        var length = new System.CommandLine.Option<string?>("--for") { Description = "End after this time, such as 30s; until Ctrl-C where it is not given." };
        var command = new Command("watch", "Print every sample as it comes, with its time and quality. Stores and publishes nothing; exit code 1 where no point ever had a value.") { map, names, changes, length };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var wait = Timeout.InfiniteTimeSpan;
            if (parsed.GetValue(length) is { } text && (!Durations.TryParse(text, out wait) || wait <= TimeSpan.Zero))
            {
                Console.Error.WriteLine("--for: expected a duration such as 30s.");
                return ExitCode.Usage;
            }
            if (MapArgument.Load(parsed.GetRequiredValue(map)) is not { } loaded) return ExitCode.Faults;
            var wanted = parsed.GetValue(names) ?? [];
            return Unknown(loaded, wanted) ? ExitCode.Usage : await WatchAsync(loaded, wanted, parsed.GetValue(changes), wait, cancellationToken);
        });
        return command;
    }

    private static async Task<int> WatchAsync(LoadedMap map, string[] wanted, bool changes, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var log = LoggerFactory.Create(b => b.SetMinimumLevel(LogLevel.Warning).AddProvider(new LogTargets(TimeProvider.System, new TextLines(Console.Error))));
        var stamps = new StampClock(TimeProvider.System);
        var lines = new SampleLines([.. PlantSampling.Points(map.Plant)], p => wanted.Length == 0 || wanted.Any(w => IsPart(p.Path, w)), changes, stamps, TimeZoneInfo.FindSystemTimeZoneById(map.Plant.Gateway.Timezone), Console.Out);
        await PlantSampling.RunAsync(map.Plant, map.Registrations, lines, stamps, TimeProvider.System, log, Task.Delay(wait, TimeProvider.System, cancellationToken), cancellationToken);
        return lines.Good > 0 ? ExitCode.Done : ExitCode.Faults;
    }

    private static bool Unknown(LoadedMap map, string[] wanted)
    {
        var paths = PlantSampling.Points(map.Plant).Select(p => p.Path).ToArray();
        var unknown = wanted.Where(w => !paths.Any(p => IsPart(p, w))).ToArray();
        foreach (var w in unknown) Console.Error.WriteLine($"The map has no point or device '{w}'{Spelling.Ending(w, [.. paths, .. map.Plant.Devices.Select(d => d.Name)])}");
        return unknown.Length > 0;
    }

    private static bool IsPart(string path, string wanted) => path == wanted || path.StartsWith(wanted + ".", StringComparison.Ordinal);
}
