using System.Globalization;
using EdgeGateway.Commands;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Language;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.Faults;
using EdgeGateway.Pipeline.Control;
using EdgeGateway.Pipeline.Loops;
using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Pipeline.Writing;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Time;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Reloading;

/// <summary>Puts a changed map in force by its difference to the one that runs. A map with faults changes nothing and says so: in the answer, the log, an event and a counter.</summary>
/// <param name="first">The map that runs at first.</param>
/// <param name="supervisor">The loops.</param>
/// <param name="parts">Makes loops.</param>
/// <param name="names">Names that publishers keep.</param>
/// <param name="gate">The gate of writes, or null.</param>
/// <param name="lastGood">Keeps the map that runs.</param>
/// <param name="time">For the times of words.</param>
/// <param name="log">For the few lines worth saying.</param>
internal sealed partial class MapReload(LoadedMap first, Supervisor supervisor, PlantParts parts, LiveNames names, WriteGate? gate, LastGoodMap lastGood, TimeProvider time, ILogger log) : IDisposable
{
    private const int LongestDetail = 4000;
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>The map that runs. Any thread.</summary>
    public LoadedMap Running { get; private set; } = first;

    /// <summary>The files that were read or looked for last, whether they had faults or not. Any thread.</summary>
    public IReadOnlyList<string> Files { get; private set; } = first.Files;

    /// <summary>State of the files of the first map when it was read.</summary>
    public string FirstState { get; } = first.FileState;

    /// <summary>What has become of changed maps.</summary>
    public ReloadCounters Counters { get; } = new();

    /// <summary>Reads the map's files again and puts them in force, or with <paramref name="dryRun"/> only says what that would change.</summary>
    /// <param name="by">Who asks: <c>signal</c>, <c>file</c>, or the caller of the control socket.</param>
    /// <param name="dryRun">True to change nothing.</param>
    /// <param name="cancellationToken">Ends the wait for a reload that is under way; one that has begun is finished.</param>
    /// <param name="language">Language of faults; null is that of the surroundings.</param>
    public async Task<ControlReply> RunAsync(string by, bool dryRun, CancellationToken cancellationToken, MessageLanguage? language = null)
    {
        if (Running.Name.Length == 0) return ControlReply.Refused("This map is not of a file: it cannot be read again.");
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var outcome = MapFile.Read(Running.Name);
            Files = outcome.Files;
            var transition = outcome.Map is { } map ? PlantTransition.Between(Running, map) : null;
            if (transition?.Faults.Count > 0) outcome = outcome with { Map = null, Faults = transition.Faults };
            if (outcome.Map is null) return await RefuseAsync(outcome, by, dryRun, language ?? LanguageOption.OfSurroundings());
            if (transition!.IsEmpty) return ControlReply.Done("Nothing is to change: the map means what runs already.");
            if (!dryRun) await ApplyAsync(outcome.Map, transition, by);
            return ControlReply.Done([.. transition.Words, Summary(transition, dryRun)]);
        }
        catch (Exception stopping) when (stopping is InvalidOperationException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return ControlReply.Refused("The gateway is stopping.");
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Says in the log which plan the gateway started with, where it is another one than ran before.</summary>
    public async Task SayFirstAsync(CancellationToken cancellationToken)
    {
        var (before, now) = (supervisor.Store.Opened.LastPlan, supervisor.Ingest.InForce.PlanId);
        if (before == now) return;
        var changes = before == 0 ? "" : string.Join("\n", new PlanHistory(supervisor.Store).Difference(before, now));
        try
        {
            await SayAsync("plan", "start", [new("plan", now.ToString(CultureInfo.InvariantCulture)), new("changes", Short(changes))], cancellationToken);
        }
        catch (Exception stopping) when (stopping is InvalidOperationException or OperationCanceledException)
        {
            // It stops before it has begun; the next start says it.
        }
    }

    /// <summary>Once no reload can be asked for any more.</summary>
    public void Dispose() => _turn.Dispose();

    private async Task ApplyAsync(LoadedMap map, PlantTransition transition, string by)
    {
        var (plant, planId) = PlantStore.Keep(supervisor.Store, map);
        names.Change(plant.Names);
        await supervisor.SwapAsync(new PlantSwap
        {
            Plant = plant,
            PlanId = planId,
            EndBuses = transition.EndBuses,
            EndPublishers = transition.EndPublishers,
            BeginBuses = () =>
            {
                parts.Forget(transition.EndBuses);
                return parts.Buses(map, plant, transition.BeginBuses.Contains);
            },
            BeginPublishers = () => parts.Publishers(map, transition.BeginPublishers.Contains),
        });
        Running = map;
        gate?.Change(parts.Writables(plant));
        Counters.CountApplied();
        lastGood.Keep(map);
        var changes = string.Join("\n", transition.Words);
        LogApplied(by, changes);
        await SayAsync("plan", by, [new("plan", planId.ToString(CultureInfo.InvariantCulture)), new("changes", Short(changes))]);
    }

    private async Task<ControlReply> RefuseAsync(MapOutcome outcome, string by, bool dryRun, MessageLanguage language)
    {
        var lines = new FaultText(language).Lines(outcome).ToList();
        lines.Add(dryRun ? "This map would not be taken over." : "The map that runs stays in force.");
        if (!dryRun)
        {
            var problem = $"{outcome.Faults[0].Mark}: {outcome.Faults[0].Message}";
            Counters.CountRefused(problem);
            LogRefused(by, outcome.Faults.Count, problem);
            await SayAsync("plan_refused", by, [new("faults", outcome.Faults.Count.ToString(CultureInfo.InvariantCulture)), new("first", Short(problem))]);
        }
        return ControlReply.Refused([.. lines]);
    }

    private async Task SayAsync(string verb, string by, KeyValuePair<string, string>[] details, CancellationToken cancellationToken = default) =>
        await supervisor.Ingest.SayAsync(new OperatorWord(verb, "", UtcMicros.From(time.GetUtcNow()), by, details), cancellationToken);

    private static string Summary(PlantTransition t, bool dryRun) => string.Create(CultureInfo.InvariantCulture,
        $"{(dryRun ? "A reload would restart" : "Restarted")} {t.BeginBuses.Count} buses and {t.BeginPublishers.Count} publishers and {(dryRun ? "end" : "ended")} {t.EndBuses.Except(t.BeginBuses).Count()} buses and {t.EndPublishers.Except(t.BeginPublishers).Count()} publishers; all others run on.");

    private static string Short(string text) => text.Length <= LongestDetail ? text : text[..LongestDetail] + "…";

    [LoggerMessage(Level = LogLevel.Information, Message = "The map was changed ({By}) and is in force:\n{Changes}")]
    private partial void LogApplied(string by, string changes);

    [LoggerMessage(Level = LogLevel.Error, Message = "The changed map ({By}) has {Count} faults and is not in force, the one before stays; the first: {Problem}")]
    private partial void LogRefused(string by, int count, string problem);
}
