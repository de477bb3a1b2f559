using System.CommandLine;
using EdgeGateway.Composition;
using EdgeGateway.Control;
using EdgeGateway.Metering.Counters;

namespace EdgeGateway.Commands;

/// <summary><c>ratio</c>: tells the running gateway that a transformer ratio was wrong.</summary>
internal static class RatioCommand
{
    public static Command Create()
    {
        var map = MapArgument.Create();
        var point = new Argument<string>("point") { Description = "The counter, device.point." };
        var ratio = new Argument<string>("ratio") { Description = "The right ratio, CT × PT as one number: 40 for 200/5 A." };
        var from = new Option<string>("--from") { Description = "From when on it holds, such as 2026-10-01T08:00:00+08:00; a whole base window. It holds up to the next time for which a ratio was said.", Required = true };
        var store = StorePlace.Option();
        var command = new Command("ratio", "Tell the running gateway that a counter's transformer ratio was wrong from a time on: windows since then are stated again, from totals alone. Kept in the audit.") { map, point, ratio, from, store };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (MapArgument.Load(parsed.GetRequiredValue(map)) is not { } loaded) return ExitCode.Faults;
            var arguments = new Dictionary<string, string> { ["point"] = parsed.GetRequiredValue(point), [RatioWord.Ratio] = parsed.GetRequiredValue(ratio), ["from"] = parsed.GetRequiredValue(from) };
            return await ControlClient.AskAsync(StorePlace.Of(loaded, parsed.GetValue(store)), RatioWord.Verb, arguments, cancellationToken);
        });
        return command;
    }
}
