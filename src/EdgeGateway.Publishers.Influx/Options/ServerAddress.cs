using System.Net;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.Publishers.Influx.Options;

/// <summary>Where a database listens: <c>http://host:8086</c> or <c>https://host</c>, with a path where a proxy wants one.</summary>
/// <param name="Base">Scheme, host, port and path, without a slash at its end.</param>
/// <param name="Host">Name or address, without brackets.</param>
/// <param name="Tls">True for https.</param>
internal sealed record ServerAddress(string Base, string Host, bool Tls)
{
    private static readonly string[] Schemes = ["http", "https"];

    /// <summary>True where the database runs on this machine.</summary>
    public bool IsLoopback => Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>As a map writes it.</summary>
    public override string ToString() => Base;

    /// <summary>Reads an address; on failure <paramref name="wrong"/> says what to write instead, and never repeats a password.</summary>
    public static ServerAddress? Parse(string text, out string wrong)
    {
        wrong = "";
        var cut = text.IndexOf("://", StringComparison.Ordinal);
        if (cut < 0) return Wrong(out wrong, "expected http://host:8086 or https://host:8086");
        var scheme = text[..cut];
        if (scheme is not ("http" or "https")) return Wrong(out wrong, $"'{scheme}://' is neither http:// nor https://{Spelling.Hint(scheme, Schemes)}");
        if (text.Contains('@', StringComparison.Ordinal)) return Wrong(out wrong, "a user does not belong into the url; give token, or username and password, as options of their own");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.Port <= 0) return Wrong(out wrong, $"'{text}' is not {scheme}://host or {scheme}://host:port");
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0) return Wrong(out wrong, "nothing may follow the path; database, bucket and org are options of their own");
        var path = uri.AbsolutePath.TrimEnd('/');
        if (path.EndsWith("/write", StringComparison.Ordinal)) return Wrong(out wrong, "leave out the path of the write; version says which one is used");
        return new ServerAddress(uri.GetLeftPart(UriPartial.Authority) + path, uri.IdnHost, scheme == "https");
    }

    private static ServerAddress? Wrong(out string wrong, string message)
    {
        wrong = message;
        return null;
    }
}
