using System.Text.Json;
using EdgeGateway.Publishers.Mqtt.Templates.Values;

namespace EdgeGateway.Publishers.Mqtt.Templates;

/// <summary>A part of a body.</summary>
internal abstract record BodyNode
{
    /// <summary>Writes it as a JSON value.</summary>
    public abstract void Write(Utf8JsonWriter w, IPlaceholders values, bool omitNothing);
}

/// <summary>A text, or a value of its own type.</summary>
internal sealed record BodyText(TextTemplate Text) : BodyNode
{
    public override void Write(Utf8JsonWriter w, IPlaceholders values, bool omitNothing) => Text.Write(w, values);
}

/// <summary>An object.</summary>
/// <param name="Members">Names and values; a null name is a repetition, whose members join this object once a turn.</param>
internal sealed record BodyTable(IReadOnlyList<(TextTemplate? Name, BodyNode Value)> Members) : BodyNode
{
    public override void Write(Utf8JsonWriter w, IPlaceholders values, bool omitNothing)
    {
        w.WriteStartObject();
        WriteMembers(w, values, omitNothing);
        w.WriteEndObject();
    }

    private void WriteMembers(Utf8JsonWriter w, IPlaceholders values, bool omitNothing)
    {
        foreach (var (name, value) in Members)
        {
            if (name is null)
            {
                foreach (var turn in values.Turns) ((BodyTable)value).WriteMembers(w, turn, omitNothing);
            }
            else if (!omitNothing || value is not BodyText { Text: var text } || !text.IsNothing(values))
            {
                w.WritePropertyName(name.Render(values));
                value.Write(w, values, omitNothing);
            }
        }
    }
}

/// <summary>An array.</summary>
/// <param name="Items">Its items; a repeated one stands once a turn.</param>
internal sealed record BodyList(IReadOnlyList<(bool Repeated, BodyNode Item)> Items) : BodyNode
{
    public override void Write(Utf8JsonWriter w, IPlaceholders values, bool omitNothing)
    {
        w.WriteStartArray();
        foreach (var (repeated, item) in Items)
        {
            if (!repeated) item.Write(w, values, omitNothing);
            else
            {
                foreach (var turn in values.Turns) item.Write(w, turn, omitNothing);
            }
        }
        w.WriteEndArray();
    }
}
