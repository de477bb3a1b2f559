using System.CommandLine;
using EdgeGateway.Composition;
using EdgeGateway.Control;

namespace EdgeGateway.Commands;

/// <summary><c>clock</c>: what the running gateway's time rests on, and an operator's word for it.</summary>
internal static class ClockCommand
{
    public static Command Create() => new("clock", "What the running gateway's time rests on.")
    {
        Asking("status", "Show the time in use, whose it is, and which sources vouch."),
        Asking("trust", "Vouch for the system clock by hand, as after setting it: it is believed until the next boot, while nobody better vouches. Kept in the audit."),
    };

    private static Command Asking(string what, string description)
    {
        var (map, store) = (MapArgument.Create(), StorePlace.Option());
        var command = new Command(what, description) { map, store };
        command.SetAction((parsed, cancellationToken) => ControlClient.AskAsync(StorePlace.Of(parsed.GetRequiredValue(map), parsed.GetValue(store)), "clock", new() { ["do"] = what }, cancellationToken));
        return command;
    }
}
