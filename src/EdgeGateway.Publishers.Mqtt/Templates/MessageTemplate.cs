using System.Text.Json;
using EdgeGateway.Publishers.Mqtt.Templates.Values;

namespace EdgeGateway.Publishers.Mqtt.Templates;

/// <summary>Topic and body of one kind of message.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="Body">Its body.</param>
/// <param name="OmitNothing">Whether members without a value are left out, instead of being null.</param>
/// <param name="Repeats">Whether the body has a repetition: a message without a turn is not sent then.</param>
internal sealed record MessageTemplate(TextTemplate Topic, BodyNode Body, bool OmitNothing, bool Repeats)
{
    /// <summary>False where there is nothing to say.</summary>
    public bool Says(IPlaceholders values) => !Repeats || values.Turns.Any();

    /// <summary>Writes the body.</summary>
    public void Write(Utf8JsonWriter w, IPlaceholders values) => Body.Write(w, values, OmitNothing);
}
