using EdgeGateway.DeviceMaps.Binding;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Sources;
using F = EdgeGateway.DeviceMaps.Options.MapOptions.TemplateFile;
using P = EdgeGateway.DeviceMaps.Options.MapOptions.TemplateParameter;
using T = EdgeGateway.DeviceMaps.Options.MapOptions.Template;

namespace EdgeGateway.DeviceMaps.Templates;

/// <summary>Reads a template's file. Its points are checked where a map uses them, because only then their driver is known.</summary>
public static class TemplateReader
{
    /// <summary>What is wrong with the name of a template, or null: one or two names with a <c>/</c> between them.</summary>
    public static string? WrongName(string name)
    {
        var parts = name.Split('/');
        return parts.Length > 2 || parts.Any(p => MapNames.Wrong(p) is not null) ? $"'{name}' is no template: write vendor/model." : null;
    }

    /// <summary>Reads a template.</summary>
    /// <param name="name"><c>vendor/model</c>.</param>
    /// <param name="document">Its file.</param>
    /// <param name="faults">Receives every fault of its form.</param>
    /// <returns>The template, or null where there is a fault.</returns>
    public static DeviceTemplate? Read(string name, MapDocument document, FaultList faults)
    {
        var before = faults.Count;
        if (MapReader.Read(document.Name, document.Text, faults) is not { } root) return null;
        if (root is not MapTable table)
        {
            if (root is not MapRefused) faults.Add(root.Mark, "A template is a table of 'template', 'device' and 'points'.");
            return null;
        }
        var binder = new OptionBinder(faults, stored: false);
        var file = binder.Bind("the template", table.Mark, table, F.Table).Values;
        if (!file.Has(F.Template) || !file.Has(F.Points)) return null;
        var about = binder.Bind("'template'", file.MarkOf(F.Template), file.Get(F.Template), T.Table).Values;
        var parameters = Parameters(binder, about.Has(T.Parameters) ? about.Get(T.Parameters).Entries : []);
        var device = file.GetOr(F.Device, new MapTable(table.Mark, []));
        var points = file.Get(F.Points);
        if (points.Entries.Count == 0) faults.Add(file.MarkOf(F.Points), "points: the template has none.");
        if (device.Find(MapOptions.Device.Points.Key) is { } nested) faults.Add(nested.Mark, "points: of a template they stand beside 'device', not below it.");
        TemplateParameters.CheckUses([device, points], parameters, file.MarkOf(F.Template), faults);
        return faults.Count > before ? null : new DeviceTemplate
        {
            Name = name,
            Title = about.Get(T.Title),
            Drivers = about.Get(T.Drivers),
            Values = about.Get(T.Values),
            Source = about.Get(T.Source),
            Verified = about.Get(T.Verified),
            Parameters = parameters,
            Device = device,
            Points = points,
        };
    }

    private static List<TemplateParameter> Parameters(OptionBinder binder, IReadOnlyList<MapEntry> entries)
    {
        var parameters = new List<TemplateParameter>();
        foreach (var (name, node) in entries)
        {
            var thing = $"parameter '{name.Value}'";
            if (!binder.NameIsRight("parameter", name) || binder.Table(thing, node) is not { } table) continue;
            var values = binder.Bind(thing, name.Mark, table, P.Table).Values;
            if (values.Has(P.Doc)) parameters.Add(new TemplateParameter(name.Value, values.Get(P.Doc), values.Has(P.Default) ? values.Get(P.Default) : null));
        }
        return parameters;
    }
}
