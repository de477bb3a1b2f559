using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Pipeline.Publishing.Choosing;
using EdgeGateway.Publishers.Mqtt.Templates;
using EdgeGateway.Publishers.Mqtt.Templates.Values;
using EdgeGateway.Publishers.Mqtt.Topics;
using MQTTnet.Formatter;

namespace EdgeGateway.Publishers.Mqtt.Options;

/// <summary>The options below <c>mqtt:</c>, described once.</summary>
internal static class MqttOptions
{
    private const string OwnFormat = "json";

    public static readonly Option<ImmutableArray<BrokerAddress>> Url = new Option<ImmutableArray<BrokerAddress>>("url", "mqtt://host:port | mqtts://host:port, or a list of them", ReadUrls,
        "The broker, or several in order of preference: the next is tried where one is out of reach. mqtts is TLS: its certificate is always verified. Default ports 1883 and 8883.", required: true, shape: new(ValueKind.Texts)).WithExample("mqtt://192.168.1.9:1883");

    public static readonly Option<MqttProtocolVersion> Protocol = OptionOf.Choice("protocol",
        "Version of MQTT. 3.1.1 knows no reasons: a broker that has no right for a message drops it in silence.", [("5", MqttProtocolVersion.V500), ("3.1.1", MqttProtocolVersion.V311)], @default: "5");

    public static readonly Option<string> ClientId = OptionOf.Text("client_id", "Name of this client at the broker; no other client may use it. Default: the gateway's id.", check: NotEmpty);

    public static readonly Option<string> Username = OptionOf.Text("username", "User name at the broker.");

    public static readonly Option<SecretText> Password = OptionOf.Secret("password", "Password at the broker; write it as ${env:NAME} or ${file:/path}.");

    public static readonly Option<string> Topic = OptionOf.Text("topic", "Root of all topics; may have several levels.", @default: "edgegateway", check: TopicNames.WrongRoot);

    public static readonly Option<TimeSpan> KeepAlive = OptionOf.Duration("keep_alive",
        "A line without traffic for one and a half times this long counts as dead at the broker, which then publishes the last will.", TimeSpan.FromSeconds(5), TimeSpan.FromHours(1), @default: "30s");

    public static readonly Option<TimeSpan> SessionExpiry = OptionOf.Duration("session_expiry",
        "How long the broker keeps the session of a line that broke, with MQTT 5.", TimeSpan.Zero, TimeSpan.FromDays(30), @default: "1h");

    public static readonly Option<TimeSpan> MessageExpiry = OptionOf.Duration("message_expiry",
        "The broker drops a message that no subscriber took within this time, with MQTT 5. Default: never.", TimeSpan.FromSeconds(1), TimeSpan.FromDays(365));

    public static readonly Option<long> InFlight = OptionOf.Integer("in_flight", "Most messages under way unacknowledged; the broker's receive maximum may lower it.", 1, 1000, @default: 64);

    public static readonly Option<bool> TopicAliases = OptionOf.Boolean("topic_aliases", "Whether a topic is sent once and then by a number, as far as the broker takes such, with MQTT 5.", true);

    public static readonly Option<bool> Gzip = OptionOf.Choice("compression",
        "Whether payloads of 256 bytes and more are compressed; the user property content-encoding says so. With MQTT 5.", [("none", false), ("gzip", true)], @default: "none");

    public static readonly Option<string> Format = new("format", "json, a shipped template, or the path of a .yaml file", ReadFormat,
        $"Form of topics and payloads: the gateway's own (json), that of a platform ({string.Join(", ", TemplateShelf.Names)}), or a template of your own, its path relative to the map.", defaultText: "json", defaultValue: "json", shape: new(ValueKind.Text));

    public static readonly Option<ImmutableDictionary<string, string>> Parameters = new("parameters", "table of texts", (node, faults) => TextTable.Read(node, faults, "parameters", "{device_id: abc}"),
        "Values that the template of format asks for.", shape: new(ValueKind.Table));

    public static readonly Option<ImmutableDictionary<string, string>> Codes = new("codes", "table of unit.quantity or device.point: code", (node, faults) => TextTable.Read(node, faults, "codes", "{line-1.electricity: \"0101010101330001\"}"),
        "The platform's own codes of quantities (unit.electricity, unit.good, unit.kgce…) and points, for templates that use them.", shape: new(ValueKind.Table));

    public static readonly Option<long> BatchBytes = OptionOf.Integer("batch_bytes", "Samples of a device that were stored together, or within collect, go in messages of at most about this payload; the broker's maximum packet size may lower it.", 1024, 1024 * 1024, unit: "bytes", @default: 61_440);

    public static readonly Option<string> ServerName = OptionOf.Text("server_name", "Name that the broker's certificate must have and that is asked for (SNI), where url has an address or another name. Default: the host of url.", check: NotEmpty);

    public static readonly Option<string> CaFile = OptionOf.Text("ca_file", "PEM file of the certificate authorities to trust for this broker, instead of the system's.", check: NotEmpty);

    public static readonly Option<string> ClientCertificate = OptionOf.Text("client_certificate", "PEM file of the certificate that this gateway shows to the broker.", check: NotEmpty);

    public static readonly Option<string> ClientKey = OptionOf.Text("client_key", "PEM file of the private key of client_certificate.", check: NotEmpty);

    public static OptionTable Table { get; } = new("mqtt publisher",
        [Url, Protocol, ClientId, Username, Password, Topic, Format, Parameters, Codes, .. ChoiceOptions.All, KeepAlive, SessionExpiry, MessageExpiry, InFlight, TopicAliases, BatchBytes, Gzip, ServerName, CaFile, ClientCertificate, ClientKey]);

    /// <summary>What one option alone cannot know.</summary>
    public static void Check(PublisherMap map, FaultList faults)
    {
        var values = map.Options;
        ChoiceOptions.Check(values, faults);
        if (values.Has(Password) && !values.Has(Username)) faults.Add(values.MarkOf(Password), "password: there is no username beside it.");
        if (values.Has(ClientKey) && !values.Has(ClientCertificate)) faults.Add(values.MarkOf(ClientKey), "client_key: there is no client_certificate beside it.");
        if (values.Has(ClientCertificate) && !values.Has(ClientKey)) faults.Add(values.MarkOf(ClientCertificate), "client_certificate: there is no client_key beside it.");
        if (values.GetOr(Protocol, MqttProtocolVersion.V500) != MqttProtocolVersion.V500)
        {
            foreach (var option in (Option[])[SessionExpiry, MessageExpiry, TopicAliases, Gzip])
            {
                if (values.Has(option)) faults.Add(values.MarkOf(option), $"{option.Key}: MQTT 3.1.1 has no such thing; check protocol.");
            }
        }
        if (Template(values, faults) is { } template) CheckTemplate(map, template, faults);
        if (!values.Has(Url)) return;
        var brokers = values.Get(Url);
        if (brokers.Any(b => b.Tls) && !brokers.All(b => b.Tls)) faults.Add(values.MarkOf(Url), "url: some are mqtts:// and some are not: what is secret at one is none at the other. Use mqtts:// for all.");
        if (brokers.Any(b => b.Tls)) return;
        foreach (var option in (Option[])[ServerName, CaFile, ClientCertificate])
        {
            if (values.Has(option)) faults.Add(values.MarkOf(option), $"{option.Key}: only an mqtts:// url uses certificates.");
        }
    }

    /// <summary>The template that is chosen; null for the gateway's own form, or where there is a fault.</summary>
    public static PayloadTemplate? Template(OptionValues values, FaultList faults) =>
        values.GetOr(Format, OwnFormat) is { } format && format != OwnFormat ? TemplateShelf.Read(format, values.MarkOf(Format), faults) : null;

    /// <summary>What the template asks for: as the publisher says, else what the box itself is called.</summary>
    public static ImmutableDictionary<string, string> ParametersOf(PublisherMap map, PayloadTemplate? template)
    {
        var given = map.Options.GetOr(Parameters, ImmutableDictionary<string, string>.Empty);
        foreach (var (option, value) in new[] { (MapOptions.Gateway.Site, map.Gateway?.Site), (MapOptions.Gateway.EnterpriseCode, map.Gateway?.EnterpriseCode) })
        {
            if (value is not null && template?.Parameters.ContainsKey(option.Key) == true && !given.ContainsKey(option.Key)) given = given.Add(option.Key, value);
        }
        return given;
    }

    private static void CheckTemplate(PublisherMap map, PayloadTemplate template, FaultList faults)
    {
        var values = map.Options;
        var given = ParametersOf(map, template);
        var missing = template.Parameters.Where(p => !given.ContainsKey(p.Key)).OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key} ({p.Value})").ToArray();
        if (missing.Length > 0) faults.Add(values.MarkOf(Format), $"format: {template.Name} needs parameters: {string.Join(", ", missing)}.");
        foreach (var name in given.Keys.Where(n => !template.Parameters.ContainsKey(n)).Order(StringComparer.Ordinal))
        {
            faults.Add(values.MarkOf(Parameters), $"parameters: {template.Name} has no '{name}'{(template.Parameters.IsEmpty ? "; it has none." : Spelling.Ending(name, template.Parameters.Keys))}");
        }
        var codes = values.GetOr(Codes, ImmutableDictionary<string, string>.Empty);
        CheckTexts(values, template, given, codes, faults);
        if (template.NeedsCodes && !values.Has(Codes)) faults.Add(values.MarkOf(Format), $"codes: {template.Name} sends only what has a code of the platform; write codes, such as {{line-1.electricity: \"0101010101330001\"}}.");
    }

    /// <summary>Against what the platform demands, and then against a sample.</summary>
    private static void CheckTexts(OptionValues values, PayloadTemplate template, ImmutableDictionary<string, string> given, ImmutableDictionary<string, string> codes, FaultList faults)
    {
        var before = faults.Count;
        foreach (var (name, check) in template.Checks.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            if (name == PayloadTemplate.Code)
            {
                foreach (var (of, code) in codes.OrderBy(c => c.Key, StringComparer.Ordinal))
                {
                    if (check.Wrong(code) is { } fault) faults.Add(values.MarkOf(Codes), $"codes: {of}: {fault}");
                }
            }
            else if (given.TryGetValue(name, out var text) && check.Wrong(text) is { } fault) faults.Add(values.MarkOf(Parameters), $"parameters: {name}: {fault}");
        }
        if (faults.Count > before || template.Parameters.Keys.Any(p => !given.ContainsKey(p))) return;
        var context = new TemplateContext("gateway", values.GetOr(ClientId, "gateway"), given, codes, TimeProvider.System);
        foreach (var complaint in TemplateTrial.Complaints(template, context).Distinct()) faults.Add(values.MarkOf(Format), $"format: {template.Name}: {complaint}");
    }

    private static (bool, string) ReadFormat(MapNode node, FaultList faults)
    {
        if (node is MapText { Value.Length: > 0 } text) return (true, text.Value);
        if (node is not MapRefused) faults.Add(node.Mark, $"format: write json, {string.Join(", ", TemplateShelf.Names)}, or the path of a .yaml file.");
        return (false, "");
    }

    private static string? NotEmpty(string value) => value.Length == 0 ? "must not be empty." : null;

    private static (bool Ok, ImmutableArray<BrokerAddress> Value) ReadUrls(MapNode node, FaultList faults)
    {
        var brokers = ImmutableArray.CreateBuilder<BrokerAddress>();
        var items = node is MapList list ? list.Items : [node];
        foreach (var item in items)
        {
            var wrong = "expected mqtt://host:1883 or mqtts://host:8883";
            if (item is MapText text && BrokerAddress.Parse(text.Value, out wrong) is { } address) brokers.Add(address);
            // What is refused has its fault already.
            else if (item is not MapRefused) faults.Add(item.Mark, $"url: {wrong}{(wrong!.EndsWith('?') ? "" : ".")}");
        }
        if (items.Count == 0) faults.Add(node.Mark, "url: the list is empty.");
        return (brokers.Count > 0 && brokers.Count == items.Count, brokers.ToImmutable());
    }
}
