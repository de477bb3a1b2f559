using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.OpcUa.Security;

namespace EdgeGateway.Drivers.OpcUa.Options;

/// <summary>What no single option of a connection can tell. The connection itself refuses the same once more, for whoever has no map.</summary>
internal static class ConnectionCheck
{
    public static void Run(ConnectionMap connection, FaultList faults)
    {
        var options = connection.Options;
        var (policy, mode) = (options.Get(OpcUaOptions.Policy), options.Get(OpcUaOptions.Mode));
        if (policy.IsSecure && mode == MessageSecurityMode.None) faults.Add(options.MarkOf(OpcUaOptions.Mode), $"mode: none goes with policy None only; for {policy.Name} write sign or sign_and_encrypt.");
        if (!policy.IsSecure && options.Has(OpcUaOptions.Mode) && mode != MessageSecurityMode.None) faults.Add(options.MarkOf(OpcUaOptions.Mode), "mode: policy None protects nothing; write mode none, or a policy such as Basic256Sha256.");
        if (options.Has(OpcUaOptions.User) && options.Has(OpcUaOptions.UserCertificate)) faults.Add(options.MarkOf(OpcUaOptions.UserCertificate), "user_certificate: user is given too: keep one.");
        if (options.Has(OpcUaOptions.Password) && !options.Has(OpcUaOptions.User)) faults.Warn(options.MarkOf(OpcUaOptions.Password), "password: there is no user beside it, so that it is not used.");
    }

    /// <summary>The server's place: two sessions to one server are doubtful, another protocol there is a fault.</summary>
    public static ConnectionPath? Path(ConnectionMap connection) =>
        Uri.TryCreate(connection.Options.Get(OpcUaOptions.Endpoint), UriKind.Absolute, out var uri) ? new ConnectionPath($"{uri.Host}:{(uri.Port > 0 ? uri.Port : DefaultPort)}", "OPC UA") { ServesMany = true } : null;

    private const int DefaultPort = 4840;
}
