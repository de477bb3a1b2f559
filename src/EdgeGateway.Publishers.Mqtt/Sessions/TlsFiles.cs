using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Publishers.Mqtt.Options;
using MQTTnet;

namespace EdgeGateway.Publishers.Mqtt.Sessions;

/// <summary>TLS of a connection: the broker's certificate is verified against its name and the system's or the declared authorities. There is no way around it.</summary>
/// <remarks>Files are read at every connection, so that a renewed certificate is taken up by the next one.</remarks>
internal static class TlsFiles
{
    /// <exception cref="PublisherException">A file cannot be read.</exception>
    public static MqttClientTlsOptions Load(MqttSettings settings)
    {
        var tls = new MqttClientTlsOptionsBuilder()
            .UseTls()
            .WithTargetHost(settings.Address.Host)
            // Private authorities seldom offer revocation lists, and a box behind a firewall could not fetch them: as SslStream by itself.
            .WithRevocationMode(X509RevocationMode.NoCheck);
        if (settings.CaFile is { } caFile)
        {
            var authorities = Read(MqttOptions.CaFile.Key, caFile, () =>
            {
                var found = new X509Certificate2Collection();
                found.ImportFromPemFile(caFile);
                return found;
            });
            if (authorities.Count == 0) throw new PublisherException($"{MqttOptions.CaFile.Key}: there is no PEM certificate in '{caFile}'.");
            tls.WithTrustChain(authorities);
        }
        if (settings is { ClientCertificate: { } certificate, ClientKey: { } key })
        {
            tls.WithClientCertificates([Read($"{MqttOptions.ClientCertificate.Key} and {MqttOptions.ClientKey.Key}", $"{certificate}' and '{key}",
                () => X509Certificate2.CreateFromPemFile(certificate, key))]);
        }
        return tls.Build();
    }

    private static T Read<T>(string option, string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new PublisherException($"{option}: cannot read '{file}': {e.Message}", e);
        }
    }
}
