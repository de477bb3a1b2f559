using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Pipeline.Publishing.Choosing;
using EdgeGateway.Publishers.Mqtt.Topics;

namespace EdgeGateway.Publishers.Mqtt.Options;

/// <summary>The options below <c>mqtt:</c>, described once.</summary>
internal static class MqttOptions
{
    public static readonly Option<BrokerAddress> Url = new("url", "mqtt://host:port | mqtts://host:port", ReadUrl,
        "The broker. mqtts is TLS: its certificate is always verified. Default ports 1883 and 8883.", required: true);

    public static readonly Option<string> ClientId = OptionOf.Text("client_id", "Name of this client at the broker; no other client may use it. Default: the gateway's id.", check: NotEmpty);

    public static readonly Option<string> Username = OptionOf.Text("username", "User name at the broker.");

    public static readonly Option<SecretText> Password = OptionOf.Secret("password", "Password at the broker; write it as ${env:NAME} or ${file:/path}.");

    public static readonly Option<string> Topic = OptionOf.Text("topic", "Root of all topics; may have several levels.", @default: "edgegateway", check: TopicNames.WrongRoot);

    public static readonly Option<TimeSpan> KeepAlive = OptionOf.Duration("keep_alive",
        "A line without traffic for one and a half times this long counts as dead at the broker, which then publishes the last will.", TimeSpan.FromSeconds(5), TimeSpan.FromHours(1), @default: "30s");

    public static readonly Option<string> CaFile = OptionOf.Text("ca_file", "PEM file of the certificate authorities to trust for this broker, instead of the system's.", check: NotEmpty);

    public static readonly Option<string> ClientCertificate = OptionOf.Text("client_certificate", "PEM file of the certificate that this gateway shows to the broker.", check: NotEmpty);

    public static readonly Option<string> ClientKey = OptionOf.Text("client_key", "PEM file of the private key of client_certificate.", check: NotEmpty);

    public static OptionTable Table { get; } = new("mqtt publisher",
        [Url, ClientId, Username, Password, Topic, .. ChoiceOptions.All, KeepAlive, CaFile, ClientCertificate, ClientKey]);

    /// <summary>What one option alone cannot know.</summary>
    public static void Check(PublisherMap map, FaultList faults)
    {
        var values = map.Options;
        ChoiceOptions.Check(values, faults);
        if (values.Has(Password) && !values.Has(Username)) faults.Add(values.MarkOf(Password), "password: there is no username beside it.");
        if (values.Has(ClientKey) && !values.Has(ClientCertificate)) faults.Add(values.MarkOf(ClientKey), "client_key: there is no client_certificate beside it.");
        if (values.Has(ClientCertificate) && !values.Has(ClientKey)) faults.Add(values.MarkOf(ClientCertificate), "client_certificate: there is no client_key beside it.");
        if (!values.Has(Url) || values.Get(Url).Tls) return;
        foreach (var option in (Option[])[CaFile, ClientCertificate])
        {
            if (values.Has(option)) faults.Add(values.MarkOf(option), $"{option.Key}: only an mqtts:// url uses certificates.");
        }
    }

    private static string? NotEmpty(string value) => value.Length == 0 ? "must not be empty." : null;

    private static (bool Ok, BrokerAddress Value) ReadUrl(MapNode node, FaultList faults)
    {
        var wrong = "expected mqtt://host:1883 or mqtts://host:8883";
        if (node is MapText text && BrokerAddress.Parse(text.Value, out wrong) is { } address) return (true, address);
        // What is refused has its fault already.
        if (node is not MapRefused) faults.Add(node.Mark, $"url: {wrong}.");
        return (false, null!);
    }
}
