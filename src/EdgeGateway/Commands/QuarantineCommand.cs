using System.CommandLine;
using EdgeGateway.Composition;
using EdgeGateway.Control;

namespace EdgeGateway.Commands;

/// <summary><c>quarantine list | show | replay | drop</c>: what targets refused for good, through the running gateway.</summary>
internal static class QuarantineCommand
{
    public static Command Create() => new("quarantine", "Look at what targets refused for good, send it once more, or drop it; through the running gateway.") { List(), Show(), Replay(), Drop() };

    private static Command List()
    {
        var (map, store) = (MapArgument.Create(), StorePlace.Option());
        var publisher = new Option<string?>("--publisher") { Description = "Only of this publisher." };
        var stream = Stream();
        var limit = new Option<string>("--limit") { Description = "Items shown at most, the newest first.", DefaultValueFactory = _ => "50" };
        var command = new Command("list", "Counts by publisher and stream, and the newest items with their reasons.") { map, publisher, stream, limit, store };
        command.SetAction((parsed, cancellationToken) => AskAsync(parsed.GetRequiredValue(map), parsed.GetValue(store), "list",
            [("publisher", parsed.GetValue(publisher)), ("stream", parsed.GetValue(stream)), ("limit", parsed.GetValue(limit))], cancellationToken));
        return command;
    }

    private static Command Show()
    {
        var (map, store) = (MapArgument.Create(), StorePlace.Option());
        var (publisher, stream, id) = (Publisher(), new Argument<string>("stream") { Description = "records, telemetry or events." }, new Argument<string>("id") { Description = "Number of the item." });
        var command = new Command("show", "One item: what it is, when and why it was refused.") { map, publisher, stream, id, store };
        command.SetAction((parsed, cancellationToken) => AskAsync(parsed.GetRequiredValue(map), parsed.GetValue(store), "show",
            [("publisher", parsed.GetRequiredValue(publisher)), ("stream", parsed.GetRequiredValue(stream)), ("id", parsed.GetRequiredValue(id))], cancellationToken));
        return command;
    }

    private static Command Replay()
    {
        var (map, store) = (MapArgument.Create(), StorePlace.Option());
        var (publisher, stream, id) = (Publisher(), Stream(), Id());
        var command = new Command("replay", "Send items once more, beside the live data. What the target takes leaves the quarantine; what it refuses again stays, with the new reason.") { map, publisher, stream, id, store };
        command.SetAction((parsed, cancellationToken) => AskAsync(parsed.GetRequiredValue(map), parsed.GetValue(store), "replay",
            [("publisher", parsed.GetRequiredValue(publisher)), ("stream", parsed.GetValue(stream)), ("id", parsed.GetValue(id))], cancellationToken));
        return command;
    }

    private static Command Drop()
    {
        var (map, store) = (MapArgument.Create(), StorePlace.Option());
        var (publisher, stream, id) = (Publisher(), Stream(), Id());
        var all = new Option<bool>("--all") { Description = "All of the publisher's items, or all of one stream." };
        var command = new Command("drop", "Forget items: the target will never have them. What they name stays in the log.") { map, publisher, stream, id, all, store };
        command.SetAction((parsed, cancellationToken) => AskAsync(parsed.GetRequiredValue(map), parsed.GetValue(store), "drop",
            [("publisher", parsed.GetRequiredValue(publisher)), ("stream", parsed.GetValue(stream)), ("id", parsed.GetValue(id)), ("all", parsed.GetValue(all) ? "true" : null)], cancellationToken));
        return command;
    }

    private static Argument<string> Publisher() => new("publisher") { Description = "Name of the publisher." };

    private static Option<string?> Stream() => new("--stream") { Description = "Only records, telemetry or events." };

    private static Option<string?> Id() => new("--id") { Description = "Only the item with this number; name its stream as well." };

    private static Task<int> AskAsync(FileInfo map, string? store, string verb, IReadOnlyList<(string Name, string? Value)> arguments, CancellationToken cancellationToken)
    {
        var given = new Dictionary<string, string> { ["verb"] = verb };
        foreach (var (name, value) in arguments)
        {
            if (value is not null) given[name] = value;
        }
        return ControlClient.AskAsync(StorePlace.Of(map, store), "quarantine", given, cancellationToken);
    }
}
