using System.CommandLine;
using EdgeGateway.Composition;
using EdgeGateway.Control;
using EdgeGateway.Identity;
using EdgeGateway.Records.Events;
using EdgeGateway.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Commands;

/// <summary><c>adopt</c>: this machine takes over a store that was made on another one; through the running gateway, or on the store where none runs.</summary>
internal static class AdoptCommand
{
    public static Command Create()
    {
        var (map, store) = (MapArgument.Create(), StorePlace.Option());
        var command = new Command("adopt", "Let this machine publish from a store that was made on another one: a restored backup, or a card put into a new box. Only once the other machine no longer runs.") { map, store };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = StorePlace.Of(parsed.GetRequiredValue(map), parsed.GetValue(store));
            if (!File.Exists(path))
            {
                Console.Error.WriteLine($"There is no store {path}: nothing to adopt.");
                return ExitCode.Faults;
            }
            try
            {
                // Whoever holds the lock is asked; where nobody does, nobody can begin while this holds it.
                await using var held = SqliteStore.Open(new SqliteStoreOptions { Path = path, CheckTime = TimeSpan.Zero }, NullLoggerFactory.Instance);
                if (held.Opened.SetAside is { } aside)
                {
                    Console.Error.WriteLine($"The store {path} was damaged and is set aside as {aside}; a fresh one begins on this machine.");
                    return ExitCode.Store;
                }
                var owner = new StoreOwner(held, MachineIdentity.Of(HostFiles.OfEnvironment()), TimeProvider.System);
                Console.WriteLine(owner.Claim() ? AdoptControl.Nothing : AdoptControl.Told(owner.Adopt(Environment.UserName)));
                return ExitCode.Done;
            }
            catch (StoreException fault)
            {
                if (ControlPath.Of(path) is { } socket && File.Exists(socket)) return await ControlClient.AskAsync(path, AdoptWord.Verb, [], cancellationToken);
                Console.Error.WriteLine(fault.Message);
                return ExitCode.Store;
            }
        });
        return command;
    }
}
