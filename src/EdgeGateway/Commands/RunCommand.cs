using System.CommandLine;
using System.Runtime.InteropServices;
using EdgeGateway.Composition;
using EdgeGateway.Identity;
using EdgeGateway.Logs;
using EdgeGateway.Reloading;
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
        var logging = new LogOptions();
        var command = new Command("run", "Measure, store and publish until Ctrl-C or SIGTERM. A second Ctrl-C ends at once.") { map, store, writes };
        foreach (var option in logging.All) command.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var log = logging.Open(parsed, TimeProvider.System);
            // Until the first wait the command line does not know of this task, and a SIGTERM while the store opens would end the process on the spot.
            await Task.Yield();
            using var interrupts = SecondInterrupt();
            if (Load(parsed.GetRequiredValue(map), parsed.GetValue(store), log.CreateLogger<LastGoodMap>()) is not { } loaded) return ExitCode.Faults;
            return await Gateway.RunAsync(new GatewayOptions
            {
                Map = loaded,
                StorePath = parsed.GetValue(store),
                Writes = parsed.GetValue(writes) ? WritePermit.Grant() : null,
                Watch = true,
                Time = TimeProvider.System,
                ClockSource = new KernelClock(),
                Host = HostFiles.OfEnvironment(),
                Log = log,
            }, cancellationToken);
        });
        return command;
    }

    /// <summary>Whoever asks twice does not want to wait for a disk: nothing durable is lost by ending at any instant.</summary>
    private static PosixSignalRegistration SecondInterrupt()
    {
        var count = 0;
        return PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            if (Interlocked.Increment(ref count) > 1) Environment.Exit(ExitCode.Interrupted);
        });
    }

    /// <summary>The map, or where it has faults the one that ran last: a box that starts after a power cut measures on, whatever was written meanwhile.</summary>
    private static LoadedMap? Load(FileInfo map, string? store, ILogger log)
    {
        var outcome = MapArgument.Read(map);
        if (outcome.Map is { } loaded) return loaded;
        var lastGood = new LastGoodMap(StorePlace.Of(map, store), log);
        if (lastGood.Find(map.ToString()) is not { } kept) return null;
        FirstPlan.LogKept(log, lastGood.Path);
        return kept with { Files = outcome.Files, FileState = outcome.FileState };
    }
}
