using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EdgeGateway.Commands;
using EdgeGateway.Control;
using EdgeGateway.Identity;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Control;
using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Pipeline.Loops;
using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Recovery;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Pipeline.Time;
using EdgeGateway.Pipeline.Writing;
using EdgeGateway.Records.Time;
using EdgeGateway.Reloading;
using EdgeGateway.Storage;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Composition;

/// <summary>One gateway, put together: store opened, metering recovered, loops made.</summary>
internal sealed partial class Gateway : IAsyncDisposable
{
    private readonly GatewayOptions _options;
    private readonly GatewayLoops _loops;
    private readonly ControlSocket? _control;

    private Gateway(GatewayOptions options, IStore store, Supervisor supervisor, MapReload reload, GatewayLoops loops, ControlSocket? control) =>
        (_options, Store, Supervisor, Reload, _loops, _control) = (options, store, supervisor, reload, loops, control);

    /// <summary>The system clock, UTC microseconds; for screens.</summary>
    public long Now => UtcMicros.From(_options.Time.GetUtcNow());

    /// <summary>The plant of the plan in force; another one after a reload. Its slots fit <see cref="IngestLoop.InForce"/>, of which both can be asked at once.</summary>
    public CompiledPlant Plant => Supervisor.Ingest.InForce.Plant;

    public IStore Store { get; }

    public Supervisor Supervisor { get; }

    /// <summary>Puts changed maps in force.</summary>
    public MapReload Reload { get; }

    /// <summary>What keeps the publishers from their targets.</summary>
    public required PublishHold Hold { get; init; }

    /// <summary>What can be asked of it, through the control socket and the page.</summary>
    public required IReadOnlyList<IControlCommand> Commands { get; init; }

    private StoreOwner Owner { get; init; } = null!;

    /// <summary>Opens, runs until cancelled, closes; says what went wrong and returns the exit code.</summary>
    public static async Task<int> RunAsync(GatewayOptions options, CancellationToken cancellationToken)
    {
        var log = options.Log.CreateLogger<Gateway>();
        if (GatewayPage.Problem(options.Map) is { } problem)
        {
            LogPage(log, problem);
            return ExitCode.Faults;
        }
        Gateway gateway;
        try
        {
            gateway = Open(options);
        }
        catch (StoreException fault)
        {
            LogStore(log, fault.Message);
            return ExitCode.Store;
        }
        catch (MapRefusedException refused)
        {
            foreach (var line in refused.Lines) LogMap(log, line);
            return ExitCode.Faults;
        }
        await using (gateway)
        {
            try
            {
                var summary = MapArgument.Summary(gateway.Plant.Map);
                LogRunning(log, gateway.Plant.Map.Gateway.Id, summary);
                await using var page = GatewayPage.Open(gateway, options);
                StartMemory.GiveBack();
                await gateway.RunAsync(cancellationToken);
            }
            catch (Exception defect)
            {
                LogDefect(log, defect);
                return ExitCode.Defect;
            }
        }
        // Closing the store was the last try; what a refusing disk did not take then is lost, and the store has said so.
        if (gateway.Store.Pending > 0) return ExitCode.Store;
        LogStopped(log);
        return ExitCode.Done;
    }

    /// <summary>Runs all loops until cancelled; the control socket lives as long as they do.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var control = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var controlling = _control?.RunAsync(control.Token) ?? Task.CompletedTask;
        using var hangup = _options.Watch ? PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            _ = Reload.RunAsync("signal", dryRun: false, control.Token);
        }) : null;
        var watching = _options.Watch ? new MapWatch(() => Reload.Files, Reload.FirstState, _options.Time).RunAsync(() => Reload.RunAsync("file", dryRun: false, control.Token), control.Token) : Task.CompletedTask;
        var beating = _options.Watch ? _loops.AnswerWatchdogAsync(_options.Time, _options.Log, control.Token) : Task.CompletedTask;
        var saying = _options.Watch ? SayFirstAsync(control.Token) : Task.CompletedTask;
        var givingBack = _options.Watch ? StartMemory.GiveBackAsync(_options.Time, control.Token) : Task.CompletedTask;
        try
        {
            await Supervisor.RunAsync(cancellationToken);
        }
        finally
        {
            await control.CancelAsync();
            await controlling;
            await watching;
            await saying;
            await beating;
            await givingBack;
        }
    }

    /// <summary>What the log does not know yet: another map, an adoption made while no gateway ran.</summary>
    private async Task SayFirstAsync(CancellationToken cancellationToken)
    {
        await Reload.SayFirstAsync(cancellationToken);
        try
        {
            await Owner.SayAsync(Supervisor.Ingest.SayAsync, cancellationToken);
        }
        catch (Exception stopping) when (stopping is InvalidOperationException or OperationCanceledException)
        {
            // It stops before it has begun; the next start says it.
        }
    }

    /// <summary>Opens the store, brings metering to the end of the log, makes the loops; starts nothing.</summary>
    /// <exception cref="StoreException">The store cannot be used.</exception>
    /// <exception cref="MapRefusedException">The map would go on counting under other registers or scales than the stored one, and there is none to start with instead.</exception>
    public static Gateway Open(GatewayOptions options)
    {
        var path = StorePlace.Of(options.Map, options.StorePath);
        var pulse = new LoopPulse();
        var store = SqliteStore.Open(StorePlace.Settings(options, path, pulse), options.Log);
        try
        {
            return Open(options, path, store, pulse);
        }
        catch
        {
            store.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }

    private static Gateway Open(GatewayOptions options, string path, SqliteStore store, LoopPulse storePulse)
    {
        var log = options.Log.CreateLogger<Gateway>();
        var lastGood = new LastGoodMap(path, log);
        var map = FirstPlan.Choose(options.Map, store, lastGood, log);
        var previous = store.Opened.LastPlan == 0 ? null : PlantStore.Find(store, store.Opened.LastPlan, map.Registrations);
        var (plant, planId) = PlantStore.Keep(store, map);
        var replay = new MeteringReplay(store, id => id == planId ? plant : PlantStore.Find(store, id, map.Registrations));
        replay.Restore();
        LogRecovered(log, path, store.Opened.LastSeq, replay.Applied, replay.Lost);
        if (replay.BeginsAt > 0) LogRejoined(log, replay.BeginsAt, replay.Past?.Joined ?? 0, replay.Past?.Held ?? 0);

        var clock = new GatewayClock(options, store);
        var owner = new StoreOwner(store, options.Host is { } host ? MachineIdentity.Of(host) : null, options.Time);
        var hold = new PublishHold(owner.Claim() ? null : StoreOwner.Reason);
        if (hold.Reason is { } reason) LogForeign(log, reason);
        var random = options.Random ?? (() => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue);
        var ingest = new IngestLoop(new IngestSetup
        {
            Plant = plant,
            PlanId = planId,
            Store = store,
            Replay = replay,
            Time = options.Time,
            Stamps = clock.Stamps,
            ClockSources = clock.Sources,
            DeviceTime = clock.Device,
            ClockWait = options.ClockWait ?? map.Plant.Gateway.ClockWait,
            BootId = clock.Boot,
            Log = options.Log,
        });
        var names = new LiveNames(previous is null ? plant.Names : plant.Names.Over(previous.Names));
        var parts = new PlantParts(options, ingest, clock.Stamps, store, names, random, hold);
        var supervisor = new Supervisor(parts.Buses(map, plant, _ => true), ingest, parts.Publishers(map, _ => true), store, options.Log);
        clock.Device.Told = () => ingest.InForce.Plant.Map.Gateway.ClockDevice is { } named ? supervisor.Buses.SelectMany(b => b.Health.Devices).FirstOrDefault(d => d.Name == named)?.Clock : null;
        var gate = options.Writes is null ? null : new WriteGate(parts.Writables(plant), ingest.SayAsync, options.Time);
        var reload = new MapReload(map, supervisor, parts, names, gate, lastGood, options.Time, options.Log.CreateLogger<MapReload>());
        lastGood.Keep(map);
        IReadOnlyList<IControlCommand> commands =
        [
            new HealthControl(ingest.Pulse, store, options.Time), new WriteControl(gate), new RepublishControl(() => supervisor.Publishers),
            new QuarantineControl(() => supervisor.Publishers, store, new QuarantinedText(store, names), ingest.SayAsync, options.Time),
            new ReplaceControl(() => ingest.InForce.Plant, ingest.SayAsync, store, options.Time), new RatioControl(() => ingest.InForce.Plant, ingest.SayAsync, store, options.Time),
            new CloseControl(ingest.SayAsync, store, options.Time), new RestateControl(() => reload.Running, ingest.SayAsync, options.Time), new ReloadControl(reload),
            new ConfigControl(new PlanHistory(store)), new ClockControl(ingest, clock.Sources, clock.Operator, clock.Boot, clock.Stamps, store), new AdoptControl(owner, hold, ingest.SayAsync, log),
        ];
        return new Gateway(options, store, supervisor, reload, new GatewayLoops(supervisor, store, storePulse), Control(options, path, commands)) { Hold = hold, Commands = commands, Owner = owner };
    }

    private static ControlSocket? Control(GatewayOptions options, string storePath, IReadOnlyList<IControlCommand> commands)
    {
        if (!options.Control) return null;
        var log = options.Log.CreateLogger<ControlSocket>();
        if (ControlPath.Of(storePath) is { } socket) return new ControlSocket(socket, commands, options.Time, log);
        LogNoControl(log, storePath);
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Reload.Dispose();
        Supervisor.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Gateway {Id} runs: {Summary}.")]
    private static partial void LogRunning(ILogger log, string id, string summary);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopped; everything measured is in the store.")]
    private static partial void LogStopped(ILogger log);

    [LoggerMessage(Level = LogLevel.Information, Message = "Store {Path}: log ends at entry {Seq}; {Applied} entries replayed, {Lost} unreadable.")]
    private static partial void LogRecovered(ILogger log, string path, long seq, int applied, int lost);

    [LoggerMessage(Level = LogLevel.Error, Message = "No checkpoint can be read, and the log begins at entry {Seq}: metering was rebuilt from there and from the totals that records state. {Joined} counters go on where they stood; {Held} of which the log holds no window are held, and what they counted until they are read again is missing.")]
    private static partial void LogRejoined(ILogger log, long seq, int joined, int held);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The path {Store} is too long for a control socket beside it: commands such as write and reload will not reach this gateway.")]
    private static partial void LogNoControl(ILogger log, string store);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Reason}")]
    private static partial void LogForeign(ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Line}")]
    private static partial void LogMap(ILogger log, string line);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Problem}")]
    private static partial void LogStore(ILogger log, string problem);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Problem}")]
    private static partial void LogPage(ILogger log, string problem);

    [LoggerMessage(Level = LogLevel.Critical, Message = "A defect of the gateway; please report it with this line.")]
    private static partial void LogDefect(ILogger log, Exception defect);
}
