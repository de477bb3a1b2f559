using System.Text;
using MQTTnet;

namespace EdgeGateway.Publishers.Mqtt.Sending;

/// <summary>Length of a PUBLISH packet of QoS 1 on the wire, exactly (MQTT 5 §2.1, §3.3).</summary>
internal static class PacketSize
{
    private const int TypeAndFlags = 1;
    private const int TextLength = 2;
    private const int PacketIdentifier = 2;
    private const int PropertyCode = 1;

    /// <summary>Bytes of the whole packet, with the properties that this publisher sets: content type, expiry, alias and user properties. Of MQTT 3.1.1 it is a few bytes too much.</summary>
    public static long Of(MqttApplicationMessage message)
    {
        long properties = message.ContentType is { } type ? PropertyCode + TextLength + Encoding.UTF8.GetByteCount(type) : 0;
        if (message.MessageExpiryInterval > 0) properties += PropertyCode + 4;
        if (message.TopicAlias > 0) properties += PropertyCode + 2;
        foreach (var property in message.UserProperties ?? [])
        {
            properties += PropertyCode + TextLength + Encoding.UTF8.GetByteCount(property.Name) + TextLength + property.ValueBuffer.Length;
        }
        var rest = TextLength + Encoding.UTF8.GetByteCount(message.Topic) + PacketIdentifier + VariableInteger(properties) + properties + message.Payload.Length;
        return TypeAndFlags + VariableInteger(rest) + rest;
    }

    /// <summary>Seven bits a byte (§1.5.5).</summary>
    private static int VariableInteger(long value) => value switch { < 128 => 1, < 16_384 => 2, < 2_097_152 => 3, _ => 4 };
}
