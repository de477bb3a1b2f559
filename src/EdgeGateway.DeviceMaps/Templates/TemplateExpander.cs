using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Sources;

namespace EdgeGateway.DeviceMaps.Templates;

/// <summary>Lays every device of a map over the template that it names.</summary>
internal sealed class TemplateExpander(MapSurroundings surroundings, FaultList faults)
{
    private readonly Dictionary<string, DeviceTemplate?> _templates = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>Text of every template that was read, by the name that places give it.</summary>
    public IReadOnlyDictionary<string, string> Texts => _texts;

    /// <summary>Templates that were found, by name; null where its file has faults.</summary>
    public IReadOnlyDictionary<string, DeviceTemplate?> Templates => _templates;

    /// <summary>The map with its devices written out. The points of a device whose template is not at hand become a refused value.</summary>
    public MapTable Expand(MapTable map)
    {
        if (map.Find(MapOptions.Map.Devices.Key) is not MapTable devices || !devices.Entries.Any(e => IsTemplated(e.Value))) return map;
        var connections = map.Find(MapOptions.Map.Connections.Key) as MapTable;
        var expanded = devices with { Entries = [.. devices.Entries.Select(e => IsTemplated(e.Value) ? e with { Value = Device((MapTable)e.Value, connections) ?? WithoutPoints((MapTable)e.Value) } : e)] };
        return map with { Entries = [.. map.Entries.Select(e => e.Key.Value == MapOptions.Map.Devices.Key ? e with { Value = expanded } : e)] };
    }

    private static bool IsTemplated(MapNode device) => device is MapTable table && table.Find(MapOptions.Device.Template.Key) is not null;

    private static MapTable WithoutPoints(MapTable device) => device with
    {
        Entries = [.. device.Entries.Where(e => e.Key.Value != MapOptions.Device.Points.Key && e.Value is not MapText { IsNothing: true }),
            new MapEntry(new MapText(device.Mark, MapOptions.Device.Points.Key, true), new MapRefused(device.Mark))],
    };

    private MapTable? Device(MapTable device, MapTable? connections)
    {
        var wanted = device.Find(MapOptions.Device.Template.Key)!;
        if (wanted is not MapText { IsNothing: false } name)
        {
            if (wanted is not MapRefused) faults.Add(wanted.Mark, "template: expected the name of a template, written vendor/model.");
            return null;
        }
        if (Find(name) is not { } template) return null;
        if (Driver(device, connections) is { } driver && !template.IsReadBy(driver))
        {
            faults.Add(name.Mark, $"template: {template.Name} is read by {string.Join(" or ", template.Drivers)}, but its connection is {driver}.");
            return null;
        }
        if (Parameters(device, template, name.Mark) is not { } parameters) return null;
        var filled = new TemplateParameters(parameters, faults);
        // A missing rating, say, is to be mended in the map: names of points take the place of the template's name there.
        var points = filled.Fill(template.Points);
        points = points with { Entries = [.. points.Entries.Select(e => e with { Key = e.Key with { Mark = name.Mark } })] };
        var below = filled.Fill(template.Device);
        below = below with { Entries = [.. below.Entries, new MapEntry(new MapText(name.Mark, MapOptions.Device.Points.Key, true), points)] };
        return new MapLayer(faults).Lay(below, device) with { Mark = device.Mark };
    }

    private DeviceTemplate? Find(MapText name)
    {
        if (_templates.TryGetValue(name.Value, out var known)) return known;
        if (TemplateReader.WrongName(name.Value) is { } wrong)
        {
            faults.Add(name.Mark, $"template: {wrong}");
            return null;
        }
        if (surroundings.Template(name.Value) is not { } document)
        {
            var names = surroundings.TemplateNames();
            faults.Add(name.Mark, $"template: there is no template '{name.Value}'{(Spelling.Nearest(name.Value, names) is { } near ? $"; did you mean '{near}'?" : "; 'edgegateway templates list' shows all.")}");
            return null;
        }
        _texts[document.Name] = document.Text;
        return _templates[name.Value] = TemplateReader.Read(name.Value, document, faults);
    }

    private static string? Driver(MapTable device, MapTable? connections) =>
        device.Find(MapOptions.Device.Connection.Key) is MapText name && connections?.Find(name.Value) is MapTable { Entries: [var only] } ? only.Key.Value : null;

    private Dictionary<string, (string Text, Mark? Mark)>? Parameters(MapTable device, DeviceTemplate template, Mark place)
    {
        var before = faults.Count;
        var values = template.Parameters.Where(p => p.Default is not null).ToDictionary(p => p.Name, p => (p.Default!, (Mark?)null), StringComparer.Ordinal);
        var given = device.Find(MapOptions.Device.Parameters.Key) is { } node && MapOptions.Device.Parameters.Read(node, faults) is MapTable table ? table.Entries : [];
        foreach (var (name, value) in given)
        {
            if (template.Parameters.All(p => p.Name != name.Value))
            {
                faults.Add(name.Mark, $"parameters: {template.Name} has no parameter '{name.Value}'{Spelling.Ending(name.Value, template.Parameters.Select(p => p.Name))}");
            }
            else if (value is MapText { IsNothing: false } text)
            {
                values[name.Value] = (text.Value, text.Mark);
            }
            else if (value is not MapRefused)
            {
                faults.Add(name.Mark, $"parameters: {name.Value} needs one value.");
            }
        }
        foreach (var missing in template.Parameters.Where(p => !values.ContainsKey(p.Name) && given.All(g => g.Key.Value != p.Name)))
        {
            faults.Add(place, $"template: {template.Name} needs the parameter '{missing.Name}': {missing.Doc}");
        }
        return faults.Count > before ? null : values;
    }
}
