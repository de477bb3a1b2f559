using System.Text;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Sources;
using EdgeGateway.DeviceMaps.Templates;

namespace EdgeGateway.Composition;

/// <summary>Tries a template out: a map with one device that uses it.</summary>
internal static class TemplateTrial
{
    /// <summary>The faults of the template, or the map in which it works.</summary>
    public static MapOutcome Run(ShelvedTemplate shelved)
    {
        var texts = new Dictionary<string, string> { [shelved.Document.Name] = shelved.Document.Text };
        var faults = new FaultList();
        if (TemplateReader.Read(shelved.Name, shelved.Document, faults) is not { } template) return new MapOutcome(null, faults.Ordered, [], texts);
        var drivers = new Registrations().DriverSchemas.Where(d => template.IsReadBy(d.Key)).ToList();
        if (drivers.Count == 0)
        {
            faults.Add(new Mark(shelved.Document.Name, 1, 1), $"drivers: this binary has none of {string.Join(", ", template.Drivers)}.");
            return new MapOutcome(null, faults.Ordered, [], texts);
        }
        MapOutcome? tried = null;
        foreach (var driver in drivers)
        {
            tried = MapFile.Read(new MapDocument("trial", Trial(template, driver)), ".", new MapSurroundings
            {
                Environment = _ => "1",
                ReadSecretFile = _ => "1",
                Template = name => name == shelved.Name ? shelved.Document : null,
            });
            if (tried.Map is null) break;
        }
        return tried! with { Warnings = [] };
    }

    // Options of the connection that must be given do not matter here: a value is taken out of the surroundings, and whatever is wrong with it is no fault of the template.
    private static string Trial(DeviceTemplate template, DeviceMaps.Options.DriverSchema driver)
    {
        var map = new StringBuilder("gateway: {id: trial}\nconnections: {c: {").Append(driver.Key).Append(": {");
        map.AppendJoin(", ", driver.Connection.Items.Where(o => o.Required).Select(o => $"{o.Key}: \"${{env:ANY}}\""));
        map.Append("}}}\ndevices: {device: {connection: c, rated_power: 1 MW, template: ").Append(template.Name).Append(", parameters: {");
        map.AppendJoin(", ", template.Parameters.Where(p => p.Default is null).Select(p => $"{p.Name}: {(p.Name == "max_rate" ? "60/min" : "1")}"));
        return map.Append("}}}\n").ToString();
    }
}
