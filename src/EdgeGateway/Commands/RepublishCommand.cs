using System.CommandLine;
using EdgeGateway.Composition;
using EdgeGateway.Control;
using EdgeGateway.Exporting;

namespace EdgeGateway.Commands;

/// <summary><c>republish</c>: a stretch of the log to one publisher again, through the running gateway.</summary>
internal static class RepublishCommand
{
    public static Command Create()
    {
        var map = MapArgument.Create();
        var publisher = new Argument<string>("publisher") { Description = "Name of the publisher in the map." };
        var from = new Option<string>("--from") { Description = RangeWords.FromDoc, Required = true };
        var to = new Option<string>("--to") { Description = RangeWords.ToDoc, Required = true };
        var streams = new Option<string>("--streams") { Description = RangeWords.StreamsDoc, DefaultValueFactory = _ => "records" };
        var rate = new Option<string>("--rate") { Description = "Items a second at most, so that live data keep their way.", DefaultValueFactory = _ => "50" };
        var store = StorePlace.Option();
        var command = new Command("republish", "Send a stretch of the log to one publisher again, through the running gateway: newest revisions, beside the live data, at a limited rate. Whatever the target has already is the same there.")
        { map, publisher, from, to, streams, rate, store };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (MapArgument.Load(parsed.GetRequiredValue(map)) is not { } loaded) return ExitCode.Faults;
            return await ControlClient.AskAsync(StorePlace.Of(loaded, parsed.GetValue(store)), "republish", new()
            {
                ["publisher"] = parsed.GetRequiredValue(publisher),
                ["from"] = parsed.GetRequiredValue(from),
                ["to"] = parsed.GetRequiredValue(to),
                ["streams"] = parsed.GetValue(streams)!,
                ["rate"] = parsed.GetValue(rate)!,
            }, cancellationToken);
        });
        return command;
    }
}
