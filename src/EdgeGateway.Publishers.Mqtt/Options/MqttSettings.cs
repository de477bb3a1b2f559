using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Pipeline.Publishing.Choosing;

namespace EdgeGateway.Publishers.Mqtt.Options;

/// <summary>Bound options of one publisher.</summary>
internal sealed class MqttSettings
{
    public MqttSettings(PublisherMap map, string gatewayId)
    {
        var values = map.Options;
        Name = map.Name;
        Address = values.Get(MqttOptions.Url);
        ClientId = values.GetOr(MqttOptions.ClientId, gatewayId);
        Username = values.Has(MqttOptions.Username) ? values.Get(MqttOptions.Username) : null;
        Password = values.Has(MqttOptions.Password) ? values.Get(MqttOptions.Password) : null;
        Root = values.Get(MqttOptions.Topic);
        Choice = PublisherChoice.Of(values);
        KeepAlive = values.Get(MqttOptions.KeepAlive);
        CaFile = values.Has(MqttOptions.CaFile) ? values.Get(MqttOptions.CaFile) : null;
        ClientCertificate = values.Has(MqttOptions.ClientCertificate) ? values.Get(MqttOptions.ClientCertificate) : null;
        ClientKey = values.Has(MqttOptions.ClientKey) ? values.Get(MqttOptions.ClientKey) : null;
    }

    public string Name { get; }

    public BrokerAddress Address { get; }

    public string ClientId { get; }

    public string? Username { get; }

    public SecretText? Password { get; }

    public string Root { get; }

    public PublisherChoice Choice { get; }

    public TimeSpan KeepAlive { get; }

    public string? CaFile { get; }

    public string? ClientCertificate { get; }

    public string? ClientKey { get; }
}
