using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EdgeGateway.DeviceMaps.Options;
using D = EdgeGateway.DeviceMaps.Options.MapOptions.Device;
using M = EdgeGateway.DeviceMaps.Options.MapOptions.Map;

namespace EdgeGateway.DeviceMaps.Schema;

/// <summary>Makes a JSON Schema (draft 2020-12) of the map language from the option descriptors, for editors.</summary>
/// <remarks>An editor sees less than the gateway: which driver a device has, references, dimensions of counters and all that needs two places at once are left to <c>validate</c>.</remarks>
public static class MapSchema
{
    /// <summary>The schema, indented, with LF line ends; the same for the same schemas.</summary>
    /// <param name="kind">What it is for.</param>
    /// <param name="drivers">Schemas of the registered drivers.</param>
    /// <param name="publishers">Schemas of the registered publishers.</param>
    public static string Json(SchemaKind kind, IReadOnlyList<DriverSchema> drivers, IReadOnlyList<PublisherSchema> publishers)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            var tables = new TableSchema(json);
            json.WriteStartObject();
            json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            json.WriteString("title", kind switch { SchemaKind.Template => "EdgeGateway device template", SchemaKind.Part => "Part of an EdgeGateway map", _ => "EdgeGateway map" });
            if (kind == SchemaKind.Template) Template(tables, drivers);
            else Map(tables, kind == SchemaKind.Map, drivers, publishers);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static void Map(TableSchema tables, bool whole, IReadOnlyList<DriverSchema> drivers, IReadOnlyList<PublisherSchema> publishers) =>
        tables.Body([M.Table], whole, new Dictionary<string, Action>
        {
            [M.Gateway.Key] = () => tables.Table(M.Gateway.Doc, [MapOptions.Gateway.Table], whole),
            [M.Store.Key] = () => tables.Table(M.Store.Doc, [MapOptions.Store.Table], whole),
            [M.Calendar.Key] = () => tables.Table(M.Calendar.Doc, [MapOptions.Calendar.Table], whole),
            [M.Shifts.Key] = () => tables.Names(M.Shifts.Doc, () => tables.Table("", [MapOptions.Shift.Table], whole), drop: !whole),
            [M.Products.Key] = () => tables.Names(M.Products.Doc, () => tables.Table("", [MapOptions.Product.Table], whole), drop: !whole),
            [M.Metering.Key] = () => tables.Table(M.Metering.Doc, [MapOptions.Metering.Table], whole),
            [M.Connections.Key] = () => tables.Names(M.Connections.Doc, () => tables.OneOf([.. drivers.Select(d => (d.Key, d.Connection))], whole), drop: !whole),
            [M.Devices.Key] = () => tables.Names(M.Devices.Doc, () => Device(tables, whole, drivers), drop: !whole),
            [M.Units.Key] = () => tables.Names(M.Units.Doc, () => tables.Table("", [MapOptions.Unit.Table], whole, new Dictionary<string, Action>
            {
                [MapOptions.Unit.Output.Key] = () => tables.Table(MapOptions.Unit.Output.Doc, [MapOptions.Output.Table], whole),
                [MapOptions.Unit.Target.Key] = () => tables.Table(MapOptions.Unit.Target.Doc, [MapOptions.Target.Table], whole),
            }), drop: !whole),
            [M.Publish.Key] = () => tables.Names(M.Publish.Doc, () => tables.OneOf([.. publishers.Select(p => (p.Key, p.Options))], whole), drop: !whole),
        });

    private static void Device(TableSchema tables, bool whole, IReadOnlyList<DriverSchema> drivers) =>
        tables.Table("", [D.Table, .. drivers.Select(d => d.Device)], whole, new Dictionary<string, Action>
        {
            [D.Parameters.Key] = () => tables.Names(D.Parameters.Doc, tables.AnyText),
            [D.Points.Key] = () => tables.Names(D.Points.Doc, () => Point(tables, drivers), drop: true),
        });

    // What of a point is required depends on its template and driver.
    private static void Point(TableSchema tables, IReadOnlyList<DriverSchema> drivers) =>
        tables.Table("", [MapOptions.Point.Table, .. drivers.Select(d => d.Point)], required: false, new Dictionary<string, Action>
        {
            [MapOptions.Point.Writable.Key] = () => tables.Table(MapOptions.Point.Writable.Doc, [MapOptions.Writable.Table], required: false),
        });

    private static void Template(TableSchema tables, IReadOnlyList<DriverSchema> drivers) =>
        tables.Body([MapOptions.TemplateFile.Table], true, new Dictionary<string, Action>
        {
            [MapOptions.TemplateFile.Template.Key] = () => tables.Table(MapOptions.TemplateFile.Template.Doc, [MapOptions.Template.Table], true, new Dictionary<string, Action>
            {
                [MapOptions.Template.Parameters.Key] = () => tables.Names(MapOptions.Template.Parameters.Doc, () => tables.Table("", [MapOptions.TemplateParameter.Table], true)),
            }),
            [MapOptions.TemplateFile.Device.Key] = () => tables.Table(MapOptions.TemplateFile.Device.Doc, [D.Table, .. drivers.Select(d => d.Device)], false),
            [MapOptions.TemplateFile.Points.Key] = () => tables.Names(MapOptions.TemplateFile.Points.Doc, () => Point(tables, drivers)),
        });
}
