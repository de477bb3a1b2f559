using System.CommandLine;
using EdgeGateway.Composition;
using EdgeGateway.Control;

namespace EdgeGateway.Commands;

/// <summary><c>reload</c>: puts a changed map in force in the running gateway, or says what that would change.</summary>
internal static class ReloadCommand
{
    public static Command Create()
    {
        var map = MapArgument.Create();
        var dry = new Option<bool>("--dry-run") { Description = "Change nothing; say what a reload would change and which loops it would restart." };
        var store = StorePlace.Option();
        var command = new Command("reload", "Put the changed map in force in the running gateway: only what changed restarts. A map with faults changes nothing.") { map, dry, store };
        command.SetAction((parsed, cancellationToken) => ControlClient.AskAsync(StorePlace.Of(parsed.GetRequiredValue(map), parsed.GetValue(store)), "reload",
            new() { ["dry_run"] = parsed.GetValue(dry) ? "true" : "false" }, cancellationToken));
        return command;
    }
}
