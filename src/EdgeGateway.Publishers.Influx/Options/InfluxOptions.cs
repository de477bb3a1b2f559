using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Pipeline.Publishing.Choosing;

namespace EdgeGateway.Publishers.Influx.Options;

/// <summary>The options below <c>influx:</c>, described once.</summary>
internal static class InfluxOptions
{
    public static readonly Option<ServerAddress> Url = new Option<ServerAddress>("url", "http://host:port | https://host:port", ReadUrl,
        "The database; a path may follow. https is TLS: its certificate is always verified.", required: true).WithExample("http://192.168.1.9:8086");

    public static readonly Option<int> Version = OptionOf.Choice("version",
        "Which write API to speak: that of InfluxDB 1 (database, username and password), 2 (org, bucket and token; VictoriaMetrics too) or 3 (database and token).", [("1", 1), ("2", 2), ("3", 3)], required: true);

    public static readonly Option<string> Database = OptionOf.Text("database", "Database to write to, in version 1 and 3. It must exist in version 1.", check: NotEmpty).WithExample("energy");

    public static readonly Option<string> RetentionPolicy = OptionOf.Text("retention_policy", "Retention policy of the database, in version 1. Default: the database's own default.", check: NotEmpty);

    public static readonly Option<string> Org = OptionOf.Text("org", "Organisation of the bucket, in version 2; InfluxDB wants it, VictoriaMetrics does not.", check: NotEmpty);

    public static readonly Option<string> Bucket = OptionOf.Text("bucket", "Bucket to write to, in version 2. It must exist.", check: NotEmpty);

    public static readonly Option<SecretText> Token = OptionOf.Secret("token", "Token with the right to write, in version 2 and 3; write it as ${env:NAME} or ${file:/path}.");

    public static readonly Option<string> Username = OptionOf.Text("username", "User name, in version 1.");

    public static readonly Option<SecretText> Password = OptionOf.Secret("password", "Password, in version 1; write it as ${env:NAME} or ${file:/path}.");

    public static readonly Option<string> Measurement = OptionOf.Text("measurement", "What the names of all measurements begin with: <measurement>_record, _sample and so on.", @default: "edgegateway", check: NotEmpty);

    public static readonly Option<bool> Gzip = OptionOf.Boolean("gzip", "Whether bodies are compressed, to about a tenth.", true);

    public static readonly Option<long> BatchPoints = OptionOf.Integer("batch_points", "Most points in one write.", 1, 100_000, @default: 5000);

    public static readonly Option<TimeSpan> Timeout = OptionOf.Duration("timeout", "A write that is not answered within this time counts as lost, and is sent again.", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), @default: "30s");

    public static readonly Option<string> ServerName = OptionOf.Text("server_name", "Name that the database's certificate must have and that is asked for (SNI and Host), where url has an address or another name. Default: the host of url.", check: NotEmpty);

    public static readonly Option<string> CaFile = OptionOf.Text("ca_file", "PEM file of the certificate authorities to trust for this database, instead of the system's.", check: NotEmpty);

    public static readonly Option<string> ClientCertificate = OptionOf.Text("client_certificate", "PEM file of the certificate that this gateway shows to the database.", check: NotEmpty);

    public static readonly Option<string> ClientKey = OptionOf.Text("client_key", "PEM file of the private key of client_certificate.", check: NotEmpty);

    public static OptionTable Table { get; } = new("influx publisher",
        [Url, Version, Database, RetentionPolicy, Org, Bucket, Token, Username, Password, Measurement, .. ChoiceOptions.All, Gzip, BatchPoints, Timeout, ServerName, CaFile, ClientCertificate, ClientKey]);

    /// <summary>What one option alone cannot know.</summary>
    public static void Check(PublisherMap map, FaultList faults)
    {
        var values = map.Options;
        ChoiceOptions.Check(values, faults);
        if (values.Has(Password) && !values.Has(Username)) faults.Add(values.MarkOf(Password), "password: there is no username beside it.");
        if (values.Has(ClientKey) && !values.Has(ClientCertificate)) faults.Add(values.MarkOf(ClientKey), "client_key: there is no client_certificate beside it.");
        if (values.Has(ClientCertificate) && !values.Has(ClientKey)) faults.Add(values.MarkOf(ClientCertificate), "client_certificate: there is no client_key beside it.");
        if (values.Has(Url) && !values.Get(Url).Tls)
        {
            foreach (var option in (Option[])[ServerName, CaFile, ClientCertificate])
            {
                if (values.Has(option)) faults.Add(values.MarkOf(option), $"{option.Key}: only an https:// url uses certificates.");
            }
        }
        if (!values.Has(Version)) return;
        var version = values.Get(Version);
        var target = version == 2 ? (Option)Bucket : Database;
        if (!values.Has(target)) faults.Add(values.MarkOf(Version), $"version: version {version} needs a {target.Key} beside it.");
        Refuse(values, faults, version, version is 1 or 3, Database);
        Refuse(values, faults, version, version == 1, RetentionPolicy, Username, Password);
        Refuse(values, faults, version, version == 2, Org, Bucket);
        Refuse(values, faults, version, version is 2 or 3, Token);
    }

    private static void Refuse(OptionValues values, FaultList faults, int version, bool allowed, params Option[] options)
    {
        if (allowed) return;
        foreach (var option in options)
        {
            if (values.Has(option)) faults.Add(values.MarkOf(option), $"{option.Key}: version {version} has no such thing; check version.");
        }
    }

    private static string? NotEmpty(string value) => value.Length == 0 ? "must not be empty." : null;

    private static (bool Ok, ServerAddress Value) ReadUrl(MapNode node, FaultList faults)
    {
        var wrong = "expected http://host:8086 or https://host:8086";
        if (node is MapText text && ServerAddress.Parse(text.Value, out wrong) is { } address) return (true, address);
        // What is refused has its fault already.
        if (node is not MapRefused) faults.Add(node.Mark, $"url: {wrong}{(wrong!.EndsWith('?') ? "" : ".")}");
        return (false, null!);
    }
}
