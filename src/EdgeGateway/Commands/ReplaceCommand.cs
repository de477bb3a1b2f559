using System.CommandLine;
using EdgeGateway.Composition;
using EdgeGateway.Control;
using EdgeGateway.Metering.Counters;

namespace EdgeGateway.Commands;

/// <summary><c>replace</c>: tells the running gateway that a meter was replaced.</summary>
internal static class ReplaceCommand
{
    public static Command Create()
    {
        var map = MapArgument.Create();
        var point = new Argument<string>("point") { Description = "The counter, device.point." };
        var at = new Option<string?>("--at") { Description = "When the meter was replaced, such as 2026-11-24T10:30:00+08:00; default now. May lie in the past." };
        var final = new Option<string?>("--final") { Description = "What the old meter showed last, in the point's unit before its ratio. Left out, what it counted after its last reading is missing." };
        var initial = new Option<string?>("--initial") { Description = "What the new meter showed first. Left out, what it counted before its first reading is missing." };
        var ratio = new Option<string?>("--ratio") { Description = "The new meter's ratio, CT × PT as one number, where it is another one. Left out, the ratio stays." };
        var store = StorePlace.Option();
        var command = new Command("replace", "Tell the running gateway that a meter was replaced: the total goes on, with nothing lost where both displays were read. Kept in the audit.") { map, point, at, final, initial, ratio, store };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (MapArgument.Load(parsed.GetRequiredValue(map)) is not { } loaded) return ExitCode.Faults;
            var arguments = new Dictionary<string, string> { ["point"] = parsed.GetRequiredValue(point) };
            if (parsed.GetValue(at) is { } time) arguments["at"] = time;
            if (parsed.GetValue(final) is { } last) arguments[ReplaceWord.Final] = last;
            if (parsed.GetValue(initial) is { } first) arguments[ReplaceWord.Initial] = first;
            if (parsed.GetValue(ratio) is { } other) arguments[ReplaceWord.Ratio] = other;
            return await ControlClient.AskAsync(StorePlace.Of(loaded, parsed.GetValue(store)), ReplaceWord.Verb, arguments, cancellationToken);
        });
        return command;
    }
}
