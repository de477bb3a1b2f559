using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Publishing.Choosing;
using EdgeGateway.Publishers.Mqtt.Options;
using EdgeGateway.Publishers.Mqtt.Templates;

namespace EdgeGateway.Publishers.Mqtt;

/// <summary>MQTT 5: window records, samples and events as JSON, one broker a publisher. Payloads and topics are described in docs/mqtt.md.</summary>
public sealed class MqttPublisherType : IPublisherType
{
    /// <summary>Key <c>mqtt</c> and its options.</summary>
    public PublisherSchema Schema { get; } = new("mqtt", MqttOptions.Table, MqttOptions.Check)
    {
        CheckPlant = static (map, plant, faults) =>
        {
            ChoiceChecks.Check(map, plant, faults);
            TemplateCodes.Check(map, plant, faults);
        },
        Chinese = MqttChinese.Messages,
    };

    /// <inheritdoc/>
    public TrafficShape Traffic { get; } = new(520, 150, 78, 190);

    /// <inheritdoc/>
    public IPublisher Create(PublisherMap map, PublisherServices services)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(services);
        return new MqttPublisher(new MqttSettings(map, services.GatewayId), services);
    }
}
