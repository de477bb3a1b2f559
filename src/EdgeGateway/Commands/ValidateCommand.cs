using System.CommandLine;

namespace EdgeGateway.Commands;

/// <summary><c>validate</c>: every fault of a map with its place; touches no device.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var map = MapArgument.Create();
        var command = new Command("validate", "Check a map and name every fault as file:line:column. Touches no device.") { map };
        command.SetAction(parsed =>
        {
            if (MapArgument.Load(parsed.GetRequiredValue(map)) is not { } loaded) return ExitCode.Faults;
            Console.WriteLine("Valid: " + MapArgument.Summary(loaded.Plant) + ".");
            return ExitCode.Done;
        });
        return command;
    }
}
