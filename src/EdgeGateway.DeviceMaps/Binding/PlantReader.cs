using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.DeviceMaps.References;
using EdgeGateway.DeviceMaps.Sources;
using EdgeGateway.DeviceMaps.Templates;

namespace EdgeGateway.DeviceMaps.Binding;

/// <summary>Reads a map's text into a validated plant, with all faults at once.</summary>
public static class PlantReader
{
    /// <summary>Reads, binds and checks. A pure function of its arguments.</summary>
    /// <param name="fileName">Name for places, as the user gave it.</param>
    /// <param name="text">The whole text.</param>
    /// <param name="drivers">Schemas of the registered drivers.</param>
    /// <param name="publishers">Schemas of the registered publishers.</param>
    /// <param name="environment">Value of an environment variable, or null.</param>
    /// <param name="readSecretFile">Text of a file, or null where it cannot be read; it must not throw. One line end at the end of the text is dropped.</param>
    public static PlantReading Read(string fileName, string text, IReadOnlyList<DriverSchema> drivers, IReadOnlyList<PublisherSchema> publishers,
        Func<string, string?> environment, Func<string, string?> readSecretFile) =>
        Read(new MapDocument(fileName, text), drivers, publishers, new MapSurroundings { Environment = environment, ReadSecretFile = readSecretFile });

    /// <summary>Reads, binds and checks a map that may include others. A pure function of its arguments and of what <paramref name="surroundings"/> answer.</summary>
    /// <param name="main">The text it begins with.</param>
    /// <param name="drivers">Schemas of the registered drivers.</param>
    /// <param name="publishers">Schemas of the registered publishers.</param>
    /// <param name="surroundings">Environment, files and included texts.</param>
    public static PlantReading Read(MapDocument main, IReadOnlyList<DriverSchema> drivers, IReadOnlyList<PublisherSchema> publishers, MapSurroundings surroundings) =>
        Read(main, drivers, publishers, surroundings, stored: false);

    /// <summary>Reads an effective map out of the store, to replay the log under it: without secrets, and without the drivers' and publishers' own checks.</summary>
    /// <remarks>
    /// Devices, units and metering come out as they did when the map was stored, since no secret may stand there. An option of a connection or publisher that a secret belongs to
    /// may have no value: the plant is fit for a metering plan, not for running.
    /// </remarks>
    public static PlantReading ReadStored(string name, string effectiveMap, IReadOnlyList<DriverSchema> drivers, IReadOnlyList<PublisherSchema> publishers) =>
        Read(new MapDocument(name, effectiveMap), drivers, publishers, new MapSurroundings { Environment = _ => "-", ReadSecretFile = _ => "-" }, stored: true);

    private static PlantReading Read(MapDocument main, IReadOnlyList<DriverSchema> drivers, IReadOnlyList<PublisherSchema> publishers, MapSurroundings surroundings, bool stored)
    {
        var faults = new FaultList();
        var assembler = new MapAssembler(surroundings, faults);
        var secrets = new SecretResolver(surroundings.Environment, surroundings.ReadSecretFile, faults);
        var templates = new TemplateExpander(surroundings, faults);
        var root = assembler.Assemble(main);
        var references = new ReferenceExpander(surroundings, faults);
        if (root is MapTable written && !stored) root = references.Expand(templates.Expand(written));
        var plant = root is null ? null : Bind(secrets.ResolveMap(root), drivers, publishers, surroundings.WrongTimezone, faults, stored);
        if (plant is not null && !stored)
        {
            new PlantChecks(drivers, faults).Doubt(plant, templates.Templates);
            foreach (var target in plant.Publishers) publishers.First(p => p.Key == target.Type).CheckPlant(target, plant, faults);
        }
        var composed = assembler.IsComposed || templates.Templates.Count > 0 || references.Texts.Count > 0;
        var texts = assembler.Texts.Concat(templates.Texts).Concat(references.Texts).DistinctBy(t => t.Key).ToDictionary(StringComparer.Ordinal);
        return new PlantReading(faults.IsEmpty ? plant : null, Explain(texts, secrets.Redact(faults.Ordered)), composed && faults.IsEmpty && root is MapTable map ? MapWriter.Write(map) : Effective(main.Text))
        {
            Texts = texts,
            Warnings = faults.IsEmpty ? secrets.Redact(faults.Warnings) : [],
        };
    }

    private static PlantMap? Bind(MapNode root, IReadOnlyList<DriverSchema> drivers, IReadOnlyList<PublisherSchema> publishers, Func<string, string?> wrongTimezone, FaultList faults, bool stored)
    {
        if (root is MapRefused) return null;
        if (root is not MapTable table)
        {
            faults.Add(root.Mark, "A map is a table: begin with 'gateway: {id: …}'.");
            return null;
        }
        var binder = new OptionBinder(faults, stored);
        var map = binder.Bind("the map", table.Mark, table, MapOptions.Map.Table);
        var gateway = Section(MapOptions.Map.Gateway, MapOptions.Gateway.Table);
        var box = Box(gateway.Values);
        // A zone that the box does not know would move every day and month, and nobody would see it.
        if (!stored && wrongTimezone(box.Timezone) is { } wrong) faults.Add(gateway.Values.MarkOf(MapOptions.Gateway.Timezone), $"timezone: {wrong}");
        var store = Section(MapOptions.Map.Store, MapOptions.Store.Table);
        var connections = new ConnectionBinder(binder, drivers, faults).Bind(Entries(MapOptions.Map.Connections));
        var devices = new DeviceBinder(binder, connections, new DriverGuess(drivers, connections), faults);
        devices.Bind(Entries(MapOptions.Map.Devices));
        var calendar = Section(MapOptions.Map.Calendar, MapOptions.Calendar.Table);
        var shifts = new CalendarBinder(binder, faults).Shifts(Entries(MapOptions.Map.Shifts));
        var products = new ProductBinder(binder, faults);
        var priced = products.Bind(Entries(MapOptions.Map.Products));
        var units = new UnitBinder(binder, devices.Points, devices.Unreadable, products.Named, faults).Bind(Entries(MapOptions.Map.Units));
        var metering = Section(MapOptions.Map.Metering, MapOptions.Metering.Table);
        var windows = MeteringBinder.Bind(metering, faults, new ReferenceBinder(binder, faults));
        var targets = new PublisherBinder(binder, publishers, box, faults).Bind(Entries(MapOptions.Map.Publish));
        var dashboard = Section(MapOptions.Map.Dashboard, MapOptions.Dashboard.Table);
        var page = DashboardBinder.Bind(dashboard.Values, faults);
        if (!stored)
        {
            var checks = new PlantChecks(drivers, faults);
            checks.CheckConnections(connections.Values.Select(c => c.Map).OfType<ConnectionMap>());
            checks.CheckPlaces(devices.Bound, connections);
            checks.CheckRenames(devices.Bound, units);
            checks.CheckClock(gateway.Values, devices.Bound);
            if (metering.Complete) PlantChecks.CheckWindows(metering.Values, shifts, units, faults);
        }
        if (!faults.IsEmpty) return null;
        return new PlantMap
        {
            Gateway = box,
            Store = StoreBinder.Bind(store.Values),
            Connections = [.. connections.Values.Select(c => c.Map!)],
            Devices = devices.Bound,
            Calendar = CalendarBinder.Calendar(calendar.Values),
            Shifts = shifts,
            Products = priced,
            Units = units,
            Metering = windows,
            Publishers = targets,
            Dashboard = page,
        };

        MapTable Entries(Option<MapTable> section) => map.Values.GetOr(section, new MapTable(table.Mark, []));

        // A missing section is an empty one, so that its defaults hold; one that is missing but required has its fault already.
        BoundOptions Section(Option<MapTable> section, OptionTable options) => map.Values.Has(section)
            ? binder.Bind(section.Key, map.Values.MarkOf(section), map.Values.Get(section), options)
            : new BoundOptions(!section.Required, [new OptionValues { Mark = table.Mark }]) { Complete = !section.Required };
    }

    private static GatewayMap Box(OptionValues values) => new(values.GetOr(MapOptions.Gateway.Id, "-"), values.Get(MapOptions.Gateway.Timezone), values.Get(MapOptions.Gateway.ClockWait),
        values.Has(MapOptions.Gateway.ClockDevice) ? values.Get(MapOptions.Gateway.ClockDevice) : null)
    {
        Site = values.Has(MapOptions.Gateway.Site) ? values.Get(MapOptions.Gateway.Site) : null,
        EnterpriseCode = values.Has(MapOptions.Gateway.EnterpriseCode) ? values.Get(MapOptions.Gateway.EnterpriseCode) : null,
    };

    private static IReadOnlyList<Fault> Explain(Dictionary<string, string> texts, IReadOnlyList<Fault> faults)
    {
        var sources = new Dictionary<string, SourceText>(StringComparer.Ordinal);
        return [.. faults.Select(f => f with { Message = f.Message + Hint(f.Mark) })];

        string Hint(Mark mark)
        {
            if (!texts.TryGetValue(mark.File, out var text)) return "";
            if (!sources.TryGetValue(mark.File, out var source)) sources[mark.File] = source = new SourceText(mark.File, text);
            return FullWidthSigns.Hint(source.Line(Math.Clamp(mark.Line, 1, source.LineCount)));
        }
    }

    private static string Effective(string text) =>
        text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
}
