using System.CommandLine;
using EdgeGateway.Composition;
using EdgeGateway.Pipeline.Time;
using EdgeGateway.Pipeline.Writing;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Commands;

/// <summary><c>run</c>: the gateway itself.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var map = MapArgument.Create();
        var store = StorePlace.Option();
        var writes = new Option<bool>("--enable-writes") { Description = "Let 'edgegateway write' reach points that the map marks writable; without it nothing is ever written to a device." };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Say more." };
        var command = new Command("run", "Measure, store and publish until Ctrl-C or SIGTERM. A second Ctrl-C ends at once.") { map, store, writes, verbose };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (MapArgument.Load(parsed.GetRequiredValue(map)) is not { } loaded) return ExitCode.Faults;
            using var log = LoggerFactory.Create(b => b.SetMinimumLevel(parsed.GetValue(verbose) ? LogLevel.Debug : LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddProvider(new ConsoleLines(TimeProvider.System)));
            return await Gateway.RunAsync(new GatewayOptions
            {
                Map = loaded,
                StorePath = parsed.GetValue(store),
                Writes = parsed.GetValue(writes) ? WritePermit.Grant() : null,
                Time = TimeProvider.System,
                ClockSource = new KernelClock(),
                Log = log,
            }, cancellationToken);
        });
        return command;
    }
}
