using System.Globalization;
using System.Net;

namespace EdgeGateway.DeviceMaps.Options;

public static partial class MapOptions
{
    /// <summary>The section <c>dashboard</c>.</summary>
    public static class Dashboard
    {
        /// <summary>The word that switches it off.</summary>
        public const string Off = "off";

        /// <summary>Where it listens.</summary>
        public static Option<string> Listen { get; } = OptionOf.Text("listen",
            "Address and port of page, API, health and metrics; port 0 takes any free one, the word off switches all of it off. Beyond loopback a certificate, its key and at least one user are required.",
            @default: "127.0.0.1:8080", check: Wrong);

        /// <summary>Further names of this box.</summary>
        public static Option<IReadOnlyList<string>> Hosts { get; } = OptionOf.Texts("hosts",
            "Names under which browsers may ask for this box, such as gw-01.plant.example, beside its addresses and localhost; any other name in a request is refused.", @default: []);

        /// <summary>Certificate of the server.</summary>
        public static Option<string> Certificate { get; } = OptionOf.Text("certificate", "PEM file of the server's certificate and its chain, relative to the map's folder; with it the page speaks TLS only.");

        /// <summary>Key of the certificate.</summary>
        public static Option<string> Key { get; } = OptionOf.Text("key", "PEM file of the certificate's private key, relative to the map's folder.");

        /// <summary>File of users.</summary>
        public static Option<string> Users { get; } = OptionOf.Text("users", "File of users and machine tokens, hashed, relative to the map's folder; written by the command users.", @default: "users.json");

        /// <summary>Where metrics are sent to.</summary>
        public static Option<string> Otlp { get; } = OptionOf.Text("otlp",
            "Address of an OpenTelemetry collector's metrics, OTLP over HTTP in JSON, such as http://10.0.0.9:4318/v1/metrics; the metrics of /metrics are sent there as well.", check: WrongCollector);

        /// <summary>How often they are sent.</summary>
        public static Option<TimeSpan> OtlpEvery { get; } = OptionOf.Duration("otlp_every", "How often metrics are sent to the collector.", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), @default: "1min");

        /// <summary>How it shows who it is.</summary>
        public static Option<SecretText> OtlpAuthorization { get; } = OptionOf.Secret("otlp_authorization", "What stands in the header Authorization towards the collector, such as Bearer and a token.");

        /// <summary>All of them.</summary>
        public static OptionTable Table { get; } = new("dashboard", [Listen, Hosts, Certificate, Key, Users, Otlp, OtlpEvery, OtlpAuthorization]);

        private static string? WrongCollector(string url) =>
            Uri.TryCreate(url, UriKind.Absolute, out var at) && at.Scheme is "http" or "https" && at.UserInfo.Length == 0
                ? null
                : $"'{url}' will not do: expected an address such as http://10.0.0.9:4318/v1/metrics; a token goes into otlp_authorization.";

        private static string? Wrong(string listen) =>
            listen == Off || IPEndPoint.TryParse(listen, out var at) && listen.EndsWith(":" + at.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                ? null
                : $"'{listen}' will not do: expected an address with its port, such as 127.0.0.1:8080 or [::1]:8080, or the word off.";
    }
}
