using System.Text.Json;

namespace EdgeGateway.Publishers.Mqtt.Payloads;

/// <summary>Whether a gateway is connected, as JSON, version 1; docs/mqtt.md is its reference.</summary>
internal static class StatusJson
{
    private const int Version = 1;

    /// <summary>Connected, since <paramref name="since"/> (UTC microseconds).</summary>
    public static void WriteOnline(Utf8JsonWriter w, string gateway, long since) => Write(w, gateway, "online"u8, since, null);

    /// <summary>Stopped in good order at <paramref name="since"/>.</summary>
    public static void WriteStopped(Utf8JsonWriter w, string gateway, long since) => Write(w, gateway, "offline"u8, since, "stopped");

    /// <summary>The last will: written before it is known whether and when the line will break.</summary>
    public static void WriteLost(Utf8JsonWriter w, string gateway) => Write(w, gateway, "offline"u8, null, "connection_lost");

    private static void Write(Utf8JsonWriter w, string gateway, ReadOnlySpan<byte> state, long? since, string? reason)
    {
        Span<byte> time = stackalloc byte[TimeText.MaxLength];
        w.WriteStartObject();
        w.WriteNumber("v"u8, Version);
        w.WriteString("gateway"u8, gateway);
        w.WriteString("state"u8, state);
        if (since is { } micros) w.WriteString("since"u8, time[..TimeText.Format(micros, time)]);
        else w.WriteNull("since"u8);
        w.WriteString("reason"u8, reason);
        w.WriteEndObject();
    }
}
