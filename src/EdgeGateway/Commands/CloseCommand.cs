using System.CommandLine;
using EdgeGateway.Composition;
using EdgeGateway.Control;
using EdgeGateway.Metering.Restating;

namespace EdgeGateway.Commands;

/// <summary><c>close</c>: closes a reporting period.</summary>
internal static class CloseCommand
{
    public static Command Create()
    {
        var map = MapArgument.Create();
        var until = new Option<string>("--until") { Description = "End of the period, such as 2026-11-01T00:00:00+08:00. An earlier one than before opens again what lies behind it.", Required = true };
        var store = StorePlace.Option();
        var command = new Command("close", "Close reporting up to a time: what was stated of windows before it changes no more, except by records of kind adjustment. Kept in the audit.") { map, until, store };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (MapArgument.Load(parsed.GetRequiredValue(map)) is not { } loaded) return ExitCode.Faults;
            return await ControlClient.AskAsync(StorePlace.Of(loaded, parsed.GetValue(store)), CloseWord.Verb, new Dictionary<string, string> { ["until"] = parsed.GetRequiredValue(until) }, cancellationToken);
        });
        return command;
    }
}
