using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Drivers.OpcUa.Options;

namespace EdgeGateway.Drivers.OpcUa.Certificates;

/// <summary>The certificates of a connection, for commands: <c>list</c> and <c>show</c> by <see cref="CertificateStore.List"/>, <c>trust</c> and <c>reject</c> by <see cref="CertificateStore.Move"/>, <c>renew</c> here.</summary>
public static class ConnectionCertificates
{
    /// <summary>The folder of connections that name none.</summary>
    public static string DefaultFolder => (string)OpcUaOptions.Pki.DefaultValue!;

    /// <summary>The stores of an <c>opc_ua</c> connection; connections that name the same folder share them.</summary>
    public static CertificateStore StoreOf(OptionValues connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return new CertificateStore(connection.Get(OpcUaOptions.Pki));
    }

    /// <summary>The URI that an <c>opc_ua</c> connection wants in the own certificate.</summary>
    public static string ApplicationUriOf(OptionValues connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection.Get(OpcUaOptions.ApplicationUri);
    }

    /// <summary>Makes a new own certificate; it is used from the next start of the connection on, and the server must be told to trust it.</summary>
    /// <param name="store">The stores.</param>
    /// <param name="applicationUri">URI for it; null keeps that of the present one.</param>
    /// <param name="now">Begin of its validity.</param>
    /// <returns>Its fingerprint.</returns>
    /// <exception cref="OpcUaSetupException">The files cannot be written.</exception>
    public static string Renew(CertificateStore store, string? applicationUri, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(store);
        var present = store.List(StoreFolder.Own);
        var uri = applicationUri ?? present.SelectMany(p => AlternativeNames.Of(p.Certificate).Uris).FirstOrDefault() ?? (string)OpcUaOptions.ApplicationUri.DefaultValue!;
        foreach (var certificate in present) certificate.Dispose();
        return OwnCertificate.Make(store, uri, now);
    }
}
