using System.Collections.Immutable;

namespace EdgeGateway.Publishers.Mqtt.Templates;

/// <summary>A template of payloads: what a platform wants instead of the gateway's own.</summary>
/// <param name="Name">Its name, or its file.</param>
/// <param name="Records">Of window records, or null: they are not sent.</param>
/// <param name="Telemetry">Of the samples of a device at one time, or null.</param>
/// <param name="Parameters">Values that the map must give, with what they are.</param>
/// <param name="NeedsCodes">Whether it uses the platform's own codes.</param>
/// <param name="Checks">What is demanded of parameters, and of every code under the name <c>code</c>.</param>
internal sealed record PayloadTemplate(string Name, MessageTemplate? Records, MessageTemplate? Telemetry, ImmutableDictionary<string, string> Parameters, bool NeedsCodes, ImmutableDictionary<string, TextCheck> Checks)
{
    /// <summary>Name of the check of codes.</summary>
    public const string Code = "code";
}
