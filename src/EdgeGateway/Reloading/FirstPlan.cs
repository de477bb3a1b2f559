using EdgeGateway.Commands;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Differences;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.Faults;
using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Pipeline.Storing;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Reloading;

/// <summary>Decides at the start which map runs. What a running gateway would refuse, a start refuses too: a counter must not go on under another register or scale in silence.</summary>
internal static partial class FirstPlan
{
    /// <summary>The map, or the one kept last where the map cannot follow the stored plan.</summary>
    /// <exception cref="MapRefusedException">Neither can.</exception>
    public static LoadedMap Choose(LoadedMap map, IStore store, LastGoodMap lastGood, ILogger log)
    {
        if (store.Opened.LastPlan == 0 || store.PlanBody(store.Opened.LastPlan) is not { } body || StoredPlan.Read(body).Map == map.Text) return map;
        if (PlantStore.Map(store, store.Opened.LastPlan, map.Registrations) is not { } before) return map;
        var faults = new FaultList();
        RegisterChanges.Check(before, map.Plant, map.Registrations.DriverSchemas, faults);
        if (faults.IsEmpty) return map;
        var lines = new FaultText(LanguageOption.OfSurroundings()).Lines(new MapOutcome(null, faults.Ordered, [], new Dictionary<string, string>())).ToList();
        if (map.Name.Length == 0 || lastGood.Find(map.Name) is not { } kept) throw new MapRefusedException(lines);
        foreach (var line in lines) LogFault(log, line);
        LogKept(log, lastGood.Path);
        return kept with { Files = map.Files, FileState = map.FileState };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Line}")]
    private static partial void LogFault(ILogger log, string line);

    /// <summary>Said wherever the gateway runs with the kept map.</summary>
    [LoggerMessage(Level = LogLevel.Error, Message = "The map has faults. The gateway runs with the map that ran last, kept as {Path}; it goes over to the map's own file as soon as that is mended.")]
    public static partial void LogKept(ILogger log, string path);
}
