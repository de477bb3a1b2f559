using System.Net.Http.Headers;
using System.Text;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Pipeline.Publishing.Choosing;

namespace EdgeGateway.Publishers.Influx.Options;

/// <summary>Bound options of one publisher.</summary>
internal sealed class InfluxSettings
{
    public InfluxSettings(PublisherMap map)
    {
        var values = map.Options;
        Name = map.Name;
        Address = values.Get(InfluxOptions.Url);
        Version = values.Get(InfluxOptions.Version);
        Target = Version == 2 ? values.Get(InfluxOptions.Bucket) : values.Get(InfluxOptions.Database);
        Org = Text(values, InfluxOptions.Org);
        RetentionPolicy = Text(values, InfluxOptions.RetentionPolicy);
        Username = Text(values, InfluxOptions.Username);
        Password = values.Has(InfluxOptions.Password) ? values.Get(InfluxOptions.Password) : null;
        Token = values.Has(InfluxOptions.Token) ? values.Get(InfluxOptions.Token) : null;
        Measurement = values.Get(InfluxOptions.Measurement);
        Choice = PublisherChoice.Of(values);
        Gzip = values.Get(InfluxOptions.Gzip);
        BatchPoints = (int)values.Get(InfluxOptions.BatchPoints);
        Timeout = values.Get(InfluxOptions.Timeout);
        ServerName = Text(values, InfluxOptions.ServerName);
        CaFile = Text(values, InfluxOptions.CaFile);
        ClientCertificate = Text(values, InfluxOptions.ClientCertificate);
        ClientKey = Text(values, InfluxOptions.ClientKey);
        WriteUri = new Uri(Address.Base + Path());
    }

    public string Name { get; }

    public ServerAddress Address { get; }

    public int Version { get; }

    /// <summary>Database or bucket.</summary>
    public string Target { get; }

    /// <summary><c>bucket</c> or <c>database</c>: the option that names <see cref="Target"/>.</summary>
    public string TargetOption => Version == 2 ? InfluxOptions.Bucket.Key : InfluxOptions.Database.Key;

    public string? Org { get; }

    public string? RetentionPolicy { get; }

    public string? Username { get; }

    public SecretText? Password { get; }

    public SecretText? Token { get; }

    public string Measurement { get; }

    public PublisherChoice Choice { get; }

    public bool Gzip { get; }

    public int BatchPoints { get; }

    public TimeSpan Timeout { get; }

    /// <summary>Name that the database's certificate must have, where it is not the host of the url.</summary>
    public string? ServerName { get; }

    public string? CaFile { get; }

    public string? ClientCertificate { get; }

    public string? ClientKey { get; }

    /// <summary>Where points are posted to. Times are nanoseconds.</summary>
    public Uri WriteUri { get; }

    /// <summary>The login, or null; a secret.</summary>
    public AuthenticationHeaderValue? Login() => this switch
    {
        { Version: 1, Username: { } user } => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{Password?.Reveal()}"))),
        { Version: 2, Token: { } token } => new("Token", token.Reveal()),
        { Version: 3, Token: { } token } => new("Bearer", token.Reveal()),
        _ => null,
    };

    private string Path() => Version switch
    {
        1 => $"/write?db={Uri.EscapeDataString(Target)}{Parameter("rp", RetentionPolicy)}&precision=ns",
        2 => $"/api/v2/write?bucket={Uri.EscapeDataString(Target)}{Parameter("org", Org)}&precision=ns",
        _ => $"/api/v3/write_lp?db={Uri.EscapeDataString(Target)}&precision=nanosecond&accept_partial=true",
    };

    private static string Parameter(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    private static string? Text(OptionValues values, Option<string> option) => values.Has(option) ? values.Get(option) : null;
}
