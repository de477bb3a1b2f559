using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Publishers.Mqtt.Topics;
using EdgeGateway.Records.Windows;

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

    public static readonly Option<bool> FromOldest = OptionOf.Choice("start",
        "Where a publisher that is new to the store begins: with what is measured from now on, or with the oldest data kept.", [("now", false), ("oldest", true)], @default: "now");

    public static readonly Option<bool> Telemetry = OptionOf.Boolean("telemetry", "Whether samples are published, beside window records and events.", true);

    public static readonly Option<ImmutableArray<WindowKind>> Windows = new("windows", "list of window kinds", ReadWindows,
        "Kinds of window whose records are published, such as [15m, 1h]. Default: all.");

    public static readonly Option<TimeSpan> KeepAlive = OptionOf.Duration("keep_alive",
        "A line without traffic for one and a half times this long counts as dead at the broker, which then publishes the last will.", TimeSpan.FromSeconds(5), TimeSpan.FromHours(1), @default: "30s");

    public static readonly Option<string> CaFile = OptionOf.Text("ca_file", "PEM file of the certificate authorities to trust for this broker, instead of the system's.", check: NotEmpty);

    public static readonly Option<string> ClientCertificate = OptionOf.Text("client_certificate", "PEM file of the certificate that this gateway shows to the broker.", check: NotEmpty);

    public static readonly Option<string> ClientKey = OptionOf.Text("client_key", "PEM file of the private key of client_certificate.", check: NotEmpty);

    public static OptionTable Table { get; } = new("mqtt publisher",
        [Url, ClientId, Username, Password, Topic, FromOldest, Telemetry, Windows, KeepAlive, CaFile, ClientCertificate, ClientKey]);

    /// <summary>What one option alone cannot know.</summary>
    public static void Check(PublisherMap map, FaultList faults)
    {
        var values = map.Options;
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

    /// <summary>A list, or one text with commas.</summary>
    private static (bool Ok, ImmutableArray<WindowKind> Value) ReadWindows(MapNode node, FaultList faults)
    {
        var words = node switch
        {
            MapList list => list.Items.Select(i => (Item: i, Word: (i as MapText)?.Value)),
            MapText text => text.Value.Split(',', StringSplitOptions.TrimEntries).Select(w => (Item: node, Word: (string?)w)),
            _ => [(node, null)],
        };
        var kinds = ImmutableArray.CreateBuilder<WindowKind>();
        var ok = true;
        foreach (var (item, word) in words)
        {
            if (word is not null && WindowKind.TryParse(word, out var kind))
            {
                if (!kinds.Contains(kind)) kinds.Add(kind);
                continue;
            }
            if (item is not MapRefused) faults.Add(item.Mark, $"windows: {(word is null ? "expected a list" : $"'{word}' is no window kind; expected a list")} such as [1m, 15m, 1h, 1d].");
            ok = false;
        }
        if (ok && kinds.Count == 0)
        {
            faults.Add(node.Mark, "windows: the list is empty; leave the option out for all kinds.");
            ok = false;
        }
        return (ok, kinds.ToImmutable());
    }
}
