using System.CommandLine;
using System.Globalization;
using EdgeGateway.Composition;
using EdgeGateway.Control;
using EdgeGateway.Pipeline.Control;
using EdgeGateway.Reloading;
using EdgeGateway.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Commands;

/// <summary><c>config history | show | diff</c>: the configurations that ran, from the store; of the running gateway or of one that is stopped.</summary>
internal static class ConfigCommand
{
    public static Command Create()
    {
        var command = new Command("config", "The configurations that ran: each is in the store, with what it changed, when, and who asked.");
        command.Subcommands.Add(Action("history", "List every configuration with its time, its number and what it changed; refused ones too."));
        command.Subcommands.Add(Action("show", "Print a configuration whole, secrets unresolved; by default the newest.", From("The configuration's number.")));
        command.Subcommands.Add(Action("diff", "Say in words what one configuration has differently from another; by default the newest from the one before.",
            From("The earlier one's number."), To("The later one's number.")));
        return command;
    }

    private static Command Action(string name, string doc, params Option<int?>[] numbers)
    {
        var (map, store) = (MapArgument.Create(), StorePlace.Option());
        var command = new Command(name, doc) { map, store };
        foreach (var number in numbers) command.Options.Add(number);
        command.SetAction((parsed, cancellationToken) =>
        {
            var arguments = new Dictionary<string, string> { ["action"] = name };
            foreach (var number in numbers)
            {
                if (parsed.GetValue(number) is { } id) arguments[number.Name.TrimStart('-')] = id.ToString(CultureInfo.InvariantCulture);
            }
            return AskAsync(StorePlace.Of(parsed.GetRequiredValue(map), parsed.GetValue(store)), arguments, cancellationToken);
        });
        return command;
    }

    private static Option<int?> From(string doc) => new("--from", "--plan") { Description = doc };

    private static Option<int?> To(string doc) => new("--to") { Description = doc };

    /// <summary>A store that nobody holds is opened; one that is held is asked through the gateway that holds it.</summary>
    private static async Task<int> AskAsync(string path, Dictionary<string, string> arguments, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            Console.Error.WriteLine($"There is no store {path}: no configuration has run yet, or name it with --store.");
            return ExitCode.Faults;
        }
        SqliteStore store;
        try
        {
            store = SqliteStore.Open(new SqliteStoreOptions { Path = path, Time = TimeProvider.System }, NullLoggerFactory.Instance);
        }
        catch (StoreException)
        {
            return await ControlClient.AskAsync(path, "config", arguments, cancellationToken);
        }
        await using (store)
        {
            var reply = new PlanHistory(store).Answer(new ControlRequest("config", arguments, Environment.UserName));
            foreach (var line in reply.Lines) (reply.Ok ? Console.Out : Console.Error).WriteLine(line);
            return reply.Ok ? ExitCode.Done : ExitCode.Faults;
        }
    }
}
