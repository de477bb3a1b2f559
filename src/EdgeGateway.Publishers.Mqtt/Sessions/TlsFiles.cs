using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Publishers.Mqtt.Options;
using MQTTnet;

namespace EdgeGateway.Publishers.Mqtt.Sessions;

/// <summary>TLS of a connection: the broker's certificate is verified against its name and the system's or the declared authorities. There is no way around it.</summary>
internal static class TlsFiles
{
    /// <param name="settings">The publisher's.</param>
    /// <param name="address">The broker.</param>
    /// <param name="now">Of this machine's clock.</param>
    /// <param name="refused">Told what is wrong with a certificate that is not trusted.</param>
    /// <exception cref="PublisherException">A file cannot be read, or is out of date.</exception>
    public static MqttClientTlsOptions Load(MqttSettings settings, BrokerAddress address, DateTimeOffset now, Action<string> refused)
    {
        var tls = new MqttClientTlsOptionsBuilder()
            .UseTls()
            .WithTargetHost(settings.ServerName ?? address.Host)
            // The client's own says no more than that it refused.
            .WithCertificateValidationHandler(e =>
            {
                if (e.SslPolicyErrors == SslPolicyErrors.None) return true;
                refused(PublisherTls.Complaint(e.SslPolicyErrors, e.Chain));
                return false;
            })
            // Private authorities seldom offer revocation lists, and a box behind a firewall could not fetch them: as SslStream by itself.
            .WithRevocationMode(X509RevocationMode.NoCheck);
        if (settings.CaFile is { } caFile) tls.WithTrustChain(PublisherTls.Authorities(MqttOptions.CaFile.Key, caFile, now));
        if (settings is { ClientCertificate: { } certificate, ClientKey: { } key })
        {
            tls.WithClientCertificates([PublisherTls.Certificate(MqttOptions.ClientCertificate.Key, certificate, MqttOptions.ClientKey.Key, key, now)]);
        }
        return tls.Build();
    }
}
