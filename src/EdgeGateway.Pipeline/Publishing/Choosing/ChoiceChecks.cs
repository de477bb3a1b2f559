using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Pipeline.Publishing.Choosing;

/// <summary>Checks a choice against the plant: a name that chooses nothing is a fault, not a silence.</summary>
public static class ChoiceChecks
{
    /// <summary>Adds a fault for each name that the plant does not have.</summary>
    public static void Check(PublisherMap map, PlantMap plant, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(plant);
        ArgumentNullException.ThrowIfNull(faults);
        var values = map.Options;
        var choice = PublisherChoice.Of(values);
        var units = plant.Units.Select(u => u.Name).ToArray();
        var points = plant.Devices.SelectMany(d => d.Points).Select(p => p.Path).ToArray();
        Missing(choice.Units, units, ChoiceOptions.Units, "unit");
        Missing(choice.Points, points, ChoiceOptions.Points, "point");
        foreach (var name in choice.Names.Keys.Order(StringComparer.Ordinal))
        {
            var known = name.Contains('.', StringComparison.Ordinal) ? points : units;
            if (!known.Contains(name)) faults.Add(values.MarkOf(ChoiceOptions.Rename), $"rename: there is no unit or point '{name}'{Spelling.Ending(name, known)}");
        }
        foreach (var kind in choice.Windows)
        {
            if (kind == WindowKind.Adjustment || (kind == WindowKind.Batch && plant.Units.Any(u => u.Batch is not null))) continue;
            if (!plant.Metering.Longer.Contains(kind) && plant.Metering.Base != kind && !plant.Metering.Calendar.Contains(kind))
            {
                faults.Add(values.MarkOf(ChoiceOptions.Windows), $"windows: metering states no windows of kind '{kind.Name}': add it to metering: windows, or leave it out here.");
            }
        }

        void Missing(IEnumerable<NamePattern> patterns, string[] known, Option option, string what)
        {
            foreach (var pattern in patterns)
            {
                if (!known.Any(k => pattern.Matches(k))) faults.Add(values.MarkOf(option), $"{option.Key}: there is no {what} '{pattern}'{Spelling.Ending(pattern.Text, known)}");
            }
        }
    }
}
