using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Pipeline.Publishing.Choosing;
using EdgeGateway.Publishers.Mqtt.Templates;
using MQTTnet.Formatter;

namespace EdgeGateway.Publishers.Mqtt.Options;

/// <summary>Bound options of one publisher.</summary>
internal sealed class MqttSettings
{
    public MqttSettings(PublisherMap map, string gatewayId)
    {
        var values = map.Options;
        Name = map.Name;
        Brokers = values.Get(MqttOptions.Url);
        Protocol = values.Get(MqttOptions.Protocol);
        ClientId = values.GetOr(MqttOptions.ClientId, gatewayId);
        Username = values.Has(MqttOptions.Username) ? values.Get(MqttOptions.Username) : null;
        Password = values.Has(MqttOptions.Password) ? values.Get(MqttOptions.Password) : null;
        Root = values.Get(MqttOptions.Topic);
        Template = MqttOptions.Template(values, new FaultList());
        Parameters = MqttOptions.ParametersOf(map, Template);
        Codes = values.GetOr(MqttOptions.Codes, ImmutableDictionary<string, string>.Empty);
        Choice = PublisherChoice.Of(values);
        KeepAlive = values.Get(MqttOptions.KeepAlive);
        SessionExpiry = values.Get(MqttOptions.SessionExpiry);
        MessageExpiry = values.Has(MqttOptions.MessageExpiry) ? values.Get(MqttOptions.MessageExpiry) : TimeSpan.Zero;
        InFlight = (int)values.Get(MqttOptions.InFlight);
        TopicAliases = values.Get(MqttOptions.TopicAliases);
        Gzip = values.Get(MqttOptions.Gzip);
        BatchBytes = values.Get(MqttOptions.BatchBytes);
        ServerName = values.Has(MqttOptions.ServerName) ? values.Get(MqttOptions.ServerName) : null;
        CaFile = values.Has(MqttOptions.CaFile) ? values.Get(MqttOptions.CaFile) : null;
        ClientCertificate = values.Has(MqttOptions.ClientCertificate) ? values.Get(MqttOptions.ClientCertificate) : null;
        ClientKey = values.Has(MqttOptions.ClientKey) ? values.Get(MqttOptions.ClientKey) : null;
    }

    public string Name { get; }

    /// <summary>In order of preference; at least one, and all with TLS or none.</summary>
    public ImmutableArray<BrokerAddress> Brokers { get; }

    public MqttProtocolVersion Protocol { get; }

    /// <summary>True where messages carry properties, and acknowledgements reasons.</summary>
    public bool IsVersion5 => Protocol == MqttProtocolVersion.V500;

    public string ClientId { get; }

    public string? Username { get; }

    public SecretText? Password { get; }

    public string Root { get; }

    /// <summary>Form of topics and payloads, or null for the gateway's own. Status and events are only in that.</summary>
    public PayloadTemplate? Template { get; }

    public ImmutableDictionary<string, string> Parameters { get; }

    public ImmutableDictionary<string, string> Codes { get; }

    public PublisherChoice Choice { get; }

    public TimeSpan KeepAlive { get; }

    public TimeSpan SessionExpiry { get; }

    /// <summary>Zero for never.</summary>
    public TimeSpan MessageExpiry { get; }

    public int InFlight { get; }

    public bool TopicAliases { get; }

    public bool Gzip { get; }

    /// <summary>Greatest payload of samples.</summary>
    public long BatchBytes { get; }

    /// <summary>Name that the broker's certificate must have, where it is not the host of the url.</summary>
    public string? ServerName { get; }

    public string? CaFile { get; }

    public string? ClientCertificate { get; }

    public string? ClientKey { get; }
}
