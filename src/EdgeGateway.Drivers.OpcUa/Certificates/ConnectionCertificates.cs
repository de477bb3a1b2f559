using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Drivers.OpcUa.Options;

namespace EdgeGateway.Drivers.OpcUa.Certificates;

/// <summary>The certificates of a connection, for commands: <c>list</c> and <c>show</c> by <see cref="CertificateStore.List"/>, <c>trust</c> and <c>reject</c> by <see cref="CertificateStore.Move"/>, <c>renew</c> here.</summary>
public static class ConnectionCertificates
{
    /// <summary>The stores of an <c>opc_ua</c> connection; connections that name the same folder share them.</summary>
    public static CertificateStore StoreOf(OptionValues connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return new CertificateStore(connection.Get(OpcUaOptions.Pki));
    }

    /// <summary>Makes a new own certificate; it is used from the next start of the connection on, and the server must be told to trust it.</summary>
    /// <returns>Its fingerprint.</returns>
    /// <exception cref="OpcUaSetupException">The files cannot be written.</exception>
    public static string Renew(OptionValues connection, DateTimeOffset now) => OwnCertificate.Make(StoreOf(connection), connection.Get(OpcUaOptions.ApplicationUri), now);
}
