using System.Collections.Immutable;

namespace EdgeGateway.Publishers.Mqtt.Templates.Values;

/// <summary>What does not change from message to message.</summary>
/// <param name="Gateway">The gateway's id.</param>
/// <param name="ClientId">The client's id at the broker.</param>
/// <param name="Parameters">Values of the option parameters.</param>
/// <param name="Codes">Codes of the platform by <c>unit.quantity</c> and <c>device.point</c>, from the option codes.</param>
/// <param name="Time">For <c>now</c>.</param>
internal sealed record TemplateContext(string Gateway, string ClientId, ImmutableDictionary<string, string> Parameters, ImmutableDictionary<string, string> Codes, TimeProvider Time)
{
    public static readonly string[] Names = ["gateway", "client_id", .. TimeValue.Names("now")];

    /// <summary>The value of one of <see cref="Names"/> or of a parameter.</summary>
    public PlaceholderValue Get(string name)
    {
        if (name == "gateway") return PlaceholderValue.Of(Gateway);
        if (name == "client_id") return PlaceholderValue.Of(ClientId);
        if (TimeValue.TryGet(name, "now", Records.Time.UtcMicros.From(Time.GetUtcNow()), out var now)) return now;
        return name.StartsWith("parameters.", StringComparison.Ordinal) ? PlaceholderValue.Of(Parameters.GetValueOrDefault(name["parameters.".Length..])) : default;
    }
}
