using System.CommandLine;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Schema;

namespace EdgeGateway.Commands;

/// <summary><c>schema</c>: a JSON Schema of maps, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var kind = new Option<string>("--for") { Description = "map: the file that is started; part: an included or overlaid file; template: a device template.", DefaultValueFactory = _ => "map" };
        kind.AcceptOnlyFromAmong("map", "part", "template");
        var command = new Command("schema", "Print a JSON Schema (draft 2020-12) of maps, for completion in editors.") { kind };
        command.SetAction(parsed =>
        {
            Console.Write(Text(parsed.GetValue(kind) switch { "part" => SchemaKind.Part, "template" => SchemaKind.Template, _ => SchemaKind.Map }));
            return ExitCode.Done;
        });
        return command;
    }

    public static string Text(SchemaKind kind)
    {
        var registrations = new Registrations();
        return MapSchema.Json(kind, registrations.DriverSchemas, registrations.PublisherSchemas);
    }
}
