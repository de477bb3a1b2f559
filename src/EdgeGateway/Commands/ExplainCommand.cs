using System.CommandLine;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Explaining;
using EdgeGateway.Records.Windows;
using EdgeGateway.Storage;

namespace EdgeGateway.Commands;

/// <summary><c>explain</c>: a stored record, opened to what it rests on. Reads the store beside a running gateway or without one.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var map = MapArgument.Create();
        var key = new Argument<string>("key") { Description = "The record: " + WindowName.Form + "." };
        var store = StorePlace.Option();
        var command = new Command("explain", "Open a stored record to its registers, totals, samples, factor rows and rules. Changes nothing.") { map, key, store };
        command.SetAction(parsed =>
        {
            if (MapArgument.Load(parsed.GetRequiredValue(map)) is not { } loaded) return ExitCode.Faults;
            try
            {
                using var opened = ReadOnlyStore.Open(StorePlace.Of(loaded, parsed.GetValue(store)));
                return Explain(opened, loaded, parsed.GetRequiredValue(key));
            }
            catch (StoreException problem)
            {
                Console.Error.WriteLine(problem.Message);
                return ExitCode.Store;
            }
        });
        return command;
    }

    private static int Explain(ReadOnlyStore store, LoadedMap map, string key)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(map.Plant.Gateway.Timezone, out var found) ? found : TimeZoneInfo.Utc;
        if (WindowName.TryParse(key, zone, out var name) is { } wrong) return Refuse(wrong);
        if (store.UnitId(name!.Unit) is not { } unit) return Refuse($"The store knows no unit '{name.Unit}'{DeviceMaps.Options.Spelling.Ending(name.Unit, map.Plant.Units.Select(u => u.Name))}");
        if (Find(store, unit, name) is not { } record) return Refuse($"The store holds no record {key}{(name.Id is null ? $": its start is read as time of {zone.Id}; a Z behind it means UTC" : "")}.");
        var plan = store.ReadEntries(record.Revision.Seq - 1, 1) is [var entry] && entry.Seq == record.Revision.Seq ? store.PlanBody(entry.Plan) : null;
        PlantMap? plant = plan is null ? map.Plant : MapFile.ParseStored(plan, map.Registrations);
        foreach (var line in new Explanation(store, plant, zone).Of(record, name.Unit)) Console.WriteLine(line);
        return ExitCode.Done;
    }

    private static WindowRecord? Find(ReadOnlyStore store, int unit, WindowName name)
    {
        // By its id a window is looked for among all of its kind: days, months, shifts and batches are few.
        var (from, to) = name.Id is null ? (name.Start, name.Start + 1) : (long.MinValue, long.MaxValue);
        foreach (var stored in store.ReadWindows(unit, name.Kind.Code, from, to, int.MaxValue))
        {
            var record = new WindowRecord();
            if (WindowRecordCodec.TryDecode(stored.Body, record) && (name.Id is null || record.WindowId == name.Id)) return record;
        }
        return null;
    }

    private static int Refuse(string message)
    {
        Console.Error.WriteLine(message);
        return ExitCode.Faults;
    }
}
