using System.Security.Cryptography.X509Certificates;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Publishers.Mqtt.Options;
using MQTTnet;

namespace EdgeGateway.Publishers.Mqtt.Sessions;

/// <summary>TLS of a connection: the broker's certificate is verified against its name and the system's or the declared authorities. There is no way around it.</summary>
internal static class TlsFiles
{
    /// <exception cref="PublisherException">A file cannot be read.</exception>
    public static MqttClientTlsOptions Load(MqttSettings settings, BrokerAddress address)
    {
        var tls = new MqttClientTlsOptionsBuilder()
            .UseTls()
            .WithTargetHost(address.Host)
            // Private authorities seldom offer revocation lists, and a box behind a firewall could not fetch them: as SslStream by itself.
            .WithRevocationMode(X509RevocationMode.NoCheck);
        if (settings.CaFile is { } caFile) tls.WithTrustChain(PublisherTls.Authorities(MqttOptions.CaFile.Key, caFile));
        if (settings is { ClientCertificate: { } certificate, ClientKey: { } key })
        {
            tls.WithClientCertificates([PublisherTls.Certificate(MqttOptions.ClientCertificate.Key, certificate, MqttOptions.ClientKey.Key, key)]);
        }
        return tls.Build();
    }
}
