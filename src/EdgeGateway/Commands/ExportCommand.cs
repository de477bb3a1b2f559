using System.Buffers;
using System.CommandLine;
using System.Globalization;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Exporting;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Publishing.Choosing;
using EdgeGateway.Pipeline.Publishing.Exporting;
using EdgeGateway.Records.Windows;
using EdgeGateway.Storage;

namespace EdgeGateway.Commands;

/// <summary><c>export</c>: a range of the log to a file, as a publisher would send it. Reads the store beside a running gateway or without one.</summary>
internal static class ExportCommand
{
    private const int GreatestRate = 1_000_000;

    public static Command Create()
    {
        var formats = new Registrations().Formats;
        var map = MapArgument.Create();
        var from = new System.CommandLine.Option<string>("--from") { Description = RangeWords.FromDoc, Required = true };
        var to = new System.CommandLine.Option<string>("--to") { Description = RangeWords.ToDoc, Required = true };
        var form = new System.CommandLine.Option<string>("--as") { Description = string.Join("; ", formats.Select(f => $"{f.Word}: {f.Doc}")) + ".", DefaultValueFactory = _ => formats[0].Word };
        form.AcceptOnlyFromAmong([.. formats.Select(f => f.Word)]);
        var streams = new System.CommandLine.Option<string>("--streams") { Description = RangeWords.StreamsDoc, DefaultValueFactory = _ => "records" };
        var publisher = new System.CommandLine.Option<string?>("--publisher") { Description = "Choose and name as this publisher of the map does: its units, windows, points, other names and units of measure." };
        var windows = new System.CommandLine.Option<string?>("--windows") { Description = "Kinds of window, such as 1m,15m; by default the publisher's, or all from 15m up." };
        var units = new System.CommandLine.Option<string?>("--units") { Description = "Units, with commas between; * stands for any characters." };
        var points = new System.CommandLine.Option<string?>("--points") { Description = "Points, written device.point, with commas between; * stands for any characters." };
        var measurement = new System.CommandLine.Option<string>("--measurement") { Description = "What the names of measurements begin with, in line protocol.", DefaultValueFactory = _ => "edgegateway" };
        var rate = new System.CommandLine.Option<int>("--rate") { Description = "Items a second at most, so that a busy box keeps its disk; 0: as fast as it goes." };
        var output = new System.CommandLine.Option<FileInfo?>("--output", "-o") { Description = "A new file; by default standard output." };
        var store = StorePlace.Option();
        var command = new Command("export", "Write a range of the log, newest revisions only, for a database to import or a person to look at. Changes nothing.") { map, from, to, form, streams, publisher, windows, units, points, measurement, rate, output, store };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (RangeWords.TryParse(parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(streams)!, out var range) is { } wrong) return Wrong(wrong);
            if (parsed.GetValue(rate) is < 0 or > GreatestRate) return Wrong(string.Create(CultureInfo.InvariantCulture, $"--rate: expected 0 to {GreatestRate}."));
            if (MapArgument.Load(parsed.GetRequiredValue(map)) is not { } loaded) return ExitCode.Faults;
            if (Choice(loaded, parsed.GetValue(publisher), parsed.GetValue(windows), parsed.GetValue(units), parsed.GetValue(points), out var choice) is { } unknown) return Wrong(unknown);
            try
            {
                using var opened = ReadOnlyStore.Open(StorePlace.Of(loaded, parsed.GetValue(store)));
                var names = new StoreNames(opened, loaded.Plant);
                var chosen = new ChosenData(choice!, names);
                var lines = new ArrayBufferWriter<byte>(64 * 1024);
                var writer = formats.First(f => f.Word == parsed.GetValue(form)).Create(new ItemFormatSetup(loaded.Plant.Gateway.Id, chosen, range!.Streams, parsed.GetValue(measurement)!, lines));
                var export = new LogExport(new LogStretch(range, opened, chosen, new LogEnd(opened.LastRecordId, opened.LastSeq, opened.LastEventId)), writer, lines);
                await using var file = Open(parsed.GetValue(output));
                await export.WriteAsync(file, parsed.GetValue(rate), TimeProvider.System, cancellationToken);
                return Say(export, names, opened);
            }
            catch (PayloadException problem)
            {
                return Wrong(problem.Message);
            }
            catch (StoreException problem)
            {
                Console.Error.WriteLine(problem.Message);
                return ExitCode.Store;
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                return Wrong($"--output: {problem.Message}");
            }
        });
        return command;
    }

    /// <summary>What was chosen; what is wrong comes back, or null.</summary>
    private static string? Choice(LoadedMap map, string? publisher, string? windows, string? units, string? points, out PublisherChoice? choice)
    {
        choice = new PublisherChoice();
        if (publisher is not null)
        {
            if (map.Plant.Publishers.FirstOrDefault(p => p.Name == publisher) is not { } target) return $"--publisher: there is no '{publisher}'{Spelling.Ending(publisher, map.Plant.Publishers.Select(p => p.Name))}";
            choice = PublisherChoice.Of(target.Options);
        }
        if (windows is not null)
        {
            var kinds = new List<WindowKind>();
            foreach (var word in Words(windows))
            {
                if (!WindowKind.TryParse(word, out var kind)) return $"--windows: '{word}' is no kind of window: write 1m, 15m, 1h, 1d, month, shift or batch.";
                kinds.Add(kind);
            }
            choice = choice with { Windows = [.. kinds] };
        }
        if (units is not null) choice = choice with { Units = [.. Words(units).Select(w => new NamePattern(w))] };
        if (points is not null) choice = choice with { Points = [.. Words(points).Select(w => new NamePattern(w))] };
        return null;
    }

    private static string[] Words(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static Stream Open(FileInfo? file) => file is null ? Console.OpenStandardOutput() : new FileStream(file.FullName, FileMode.CreateNew, FileAccess.Write, FileShare.Read);

    /// <summary>What there was and what is missing, on standard error: the other one may be the file.</summary>
    private static int Say(LogExport export, StoreNames names, ReadOnlyStore store)
    {
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{export.Written} items written."));
        if (names.Missing.Count > 0) Console.Error.WriteLine($"Without a name in this map, and left out where samples are concerned: {string.Join(", ", names.Missing.Take(20).Select(p => store.PointPath(p) ?? p.ToString(CultureInfo.InvariantCulture)))}.");
        if (export.LeftOut.Count == 0) return ExitCode.Done;
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{export.LeftOut.Count} items cannot be stated; the first: {export.LeftOut.Reason}"));
        return ExitCode.Faults;
    }

    private static int Wrong(string message)
    {
        Console.Error.WriteLine(message);
        return ExitCode.Usage;
    }
}
