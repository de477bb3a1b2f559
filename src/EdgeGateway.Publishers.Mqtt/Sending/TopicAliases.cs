using MQTTnet;

namespace EdgeGateway.Publishers.Mqtt.Sending;

/// <summary>Numbers for topics on one connection: a topic goes in full once, then by its number (MQTT 5 §3.3.2.3.4). First come, first served, up to what the broker takes.</summary>
/// <param name="most">Topic alias maximum of the broker; 0 for none.</param>
internal sealed class TopicAliases(int most)
{
    private readonly Dictionary<string, ushort> _known = [];

    /// <summary>Puts the number into a message that is sent next, in place of its topic where the broker knows it.</summary>
    public void Apply(MqttApplicationMessage message)
    {
        if (_known.TryGetValue(message.Topic, out var alias))
        {
            (message.TopicAlias, message.Topic) = (alias, "");
        }
        else if (_known.Count < most)
        {
            message.TopicAlias = (ushort)(_known.Count + 1);
            _known.Add(message.Topic, message.TopicAlias);
        }
    }
}
