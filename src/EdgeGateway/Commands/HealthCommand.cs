using System.CommandLine;
using EdgeGateway.Composition;
using EdgeGateway.Control;

namespace EdgeGateway.Commands;

/// <summary><c>health</c>: one word about the running gateway, for health checks of containers.</summary>
internal static class HealthCommand
{
    public static Command Create()
    {
        var (map, store) = (MapArgument.Create(), StorePlace.Option());
        var command = new Command("health", "Ask the running gateway whether it still does its work; exit code 1 where it does not or none runs. For health checks; 'doctor' says more.") { map, store };
        command.SetAction((parsed, cancellationToken) => ControlClient.AskAsync(StorePlace.Of(parsed.GetRequiredValue(map), parsed.GetValue(store)), "health", [], cancellationToken));
        return command;
    }
}
