using System.Globalization;
using System.Net;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.Publishers.Mqtt.Options;

/// <summary>Where a broker listens: <c>mqtt://host:1883</c> or <c>mqtts://host:8883</c>.</summary>
/// <param name="Host">Name or address, without brackets.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Tls">True for mqtts.</param>
internal sealed record BrokerAddress(string Host, int Port, bool Tls)
{
    private const int PlainPort = 1883;
    private const int TlsPort = 8883;
    private static readonly string[] Schemes = ["mqtt", "mqtts"];

    /// <summary>True where the broker runs on this machine.</summary>
    public bool IsLoopback => Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>As a map writes it, with its port.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Tls ? "mqtts" : "mqtt")}://{(Host.Contains(':', StringComparison.Ordinal) ? "[" + Host + "]" : Host)}:{Port}");

    /// <summary>Reads an address; on failure <paramref name="wrong"/> says what to write instead, and never repeats a password.</summary>
    public static BrokerAddress? Parse(string text, out string wrong)
    {
        wrong = "";
        var cut = text.IndexOf("://", StringComparison.Ordinal);
        if (cut < 0) return Wrong(out wrong, "expected mqtt://host:1883 or mqtts://host:8883");
        var scheme = text[..cut];
        if (scheme is not ("mqtt" or "mqtts"))
        {
            return Wrong(out wrong, scheme switch
            {
                "ws" or "wss" => $"{scheme}:// (MQTT over WebSocket) is not supported; use mqtt:// or mqtts://",
                "tcp" => "write mqtt:// instead of tcp://",
                "ssl" or "tls" => $"write mqtts:// instead of {scheme}://",
                _ => $"'{scheme}://' is neither mqtt:// nor mqtts://{Spelling.Hint(scheme, Schemes)}",
            });
        }
        if (text.Contains('@', StringComparison.Ordinal)) return Wrong(out wrong, "a user does not belong into the url; give username and password as options of their own");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0) return Wrong(out wrong, $"'{text}' is not {scheme}://host or {scheme}://host:port");
        if (uri.PathAndQuery.Trim('/').Length > 0 || uri.Fragment.Length > 0) return Wrong(out wrong, "nothing may follow the port; the topics' root is the option topic");
        if (uri.Port == 0) return Wrong(out wrong, "port 0 is not a port");
        var tls = scheme == "mqtts";
        return new BrokerAddress(uri.IdnHost, uri.IsDefaultPort || uri.Port < 0 ? (tls ? TlsPort : PlainPort) : uri.Port, tls);
    }

    private static BrokerAddress? Wrong(out string wrong, string message)
    {
        wrong = message;
        return null;
    }
}
