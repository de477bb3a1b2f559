using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Language;

namespace EdgeGateway.Faults;

/// <summary>Faults for programs: one JSON object on one line.</summary>
internal static class FaultJson
{
    /// <summary><c>{"valid", "faults": [{"file", "line", "column", "severity", "message"}], "connections", "devices", "points", "units", "publishers"}</c>; the counts only where the map is valid.</summary>
    public static string Write(MapOutcome outcome, MessageLanguage language)
    {
        using var buffer = new MemoryStream();
        // For a terminal or a pipe, never for a page: names stay readable.
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteBoolean("valid", outcome.Map is not null);
            json.WriteStartArray("faults");
            foreach (var fault in outcome.Faults.Concat(outcome.Warnings))
            {
                json.WriteStartObject();
                json.WriteString("file", fault.Mark.File);
                json.WriteNumber("line", fault.Mark.Line);
                json.WriteNumber("column", fault.Mark.Column);
                json.WriteString("severity", fault.IsWarning ? "warning" : "error");
                json.WriteString("message", FaultLanguage.Say(fault.Message, language));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            if (outcome.Map?.Plant is { } plant)
            {
                json.WriteNumber("connections", plant.Connections.Length);
                json.WriteNumber("devices", plant.Devices.Length);
                json.WriteNumber("points", plant.Devices.Sum(d => d.Points.Length));
                json.WriteNumber("units", plant.Units.Length);
                json.WriteNumber("publishers", plant.Publishers.Length);
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
