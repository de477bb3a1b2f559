using System.Text.Json;
using EdgeGateway.Records.Events;

namespace EdgeGateway.Publishers.Mqtt.Payloads;

/// <summary>An event as JSON, version 1; docs/mqtt.md is its reference.</summary>
internal static class EventJson
{
    private const int Version = 1;

    /// <summary>Renders an event; <paramref name="id"/> is its id in this gateway's event log.</summary>
    public static void Write(Utf8JsonWriter w, long id, GatewayEvent happening, string gateway)
    {
        Span<byte> time = stackalloc byte[TimeText.MaxLength];
        w.WriteStartObject();
        w.WriteNumber("v"u8, Version);
        w.WriteString("gateway"u8, gateway);
        w.WriteNumber("id"u8, id);
        w.WriteString("event"u8, happening.Kind.Word());
        w.WriteString("t"u8, time[..TimeText.Format(happening.At, time)]);
        w.WriteString("subject"u8, happening.Subject);
        w.WriteStartObject("details"u8);
        foreach (var (name, value) in happening.Details) w.WriteString(name, value);
        w.WriteEndObject();
        w.WriteEndObject();
    }
}
