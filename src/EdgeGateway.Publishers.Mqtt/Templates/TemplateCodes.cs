using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Publishers.Mqtt.Options;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Publishers.Mqtt.Templates;

/// <summary>The platform's own codes, by the plant's own names: <c>unit.quantity</c> and <c>device.point</c>.</summary>
internal static class TemplateCodes
{
    private static readonly string[] Quantities = [.. Carriers.All.Select(c => c.Word()), "good", "scrap", .. Figures.All.Select(f => f.Word)];

    /// <summary>Adds a fault for each code of something that the plant does not have: it would never be sent, and nobody would be told.</summary>
    public static void Check(PublisherMap map, PlantMap plant, FaultList faults)
    {
        if (!map.Options.Has(MqttOptions.Codes)) return;
        var mark = map.Options.MarkOf(MqttOptions.Codes);
        var units = plant.Units.Select(u => u.Name).ToArray();
        var points = plant.Devices.SelectMany(d => d.Points).Select(p => p.Path).ToHashSet();
        foreach (var key in map.Options.Get(MqttOptions.Codes).Keys.Order(StringComparer.Ordinal))
        {
            if (points.Contains(key)) continue;
            var (unit, quantity) = Parts(key);
            if (!units.Contains(unit)) faults.Add(mark, $"codes: there is no unit or point for '{key}'{Spelling.Ending(key, [.. units.Select(u => u + "." + quantity), .. points])}");
            else if (!Quantities.Contains(quantity)) faults.Add(mark, $"codes: '{key}': units have no quantity '{quantity}'{Spelling.Hint(quantity, Quantities)}; write a carrier, good, scrap, or a figure.");
        }
    }

    /// <summary>The same codes by the names that the target knows.</summary>
    /// <param name="codes">By the plant's names.</param>
    /// <param name="names">Other names of points and units.</param>
    public static ImmutableDictionary<string, string> Renamed(ImmutableDictionary<string, string> codes, ImmutableDictionary<string, string> names) =>
        names.IsEmpty ? codes : codes.ToImmutableDictionary(c => Renamed(c.Key, names), c => c.Value, StringComparer.Ordinal);

    private static string Renamed(string key, ImmutableDictionary<string, string> names)
    {
        var (first, last) = Parts(key);
        if (names.TryGetValue(key, out var point)) return point.Contains('.', StringComparison.Ordinal) ? point : first + "." + point;
        return names.TryGetValue(first, out var unit) ? unit + "." + last : key;
    }

    private static (string First, string Last) Parts(string key)
    {
        var cut = key.LastIndexOf('.');
        return cut < 0 ? (key, "") : (key[..cut], key[(cut + 1)..]);
    }
}
