using System.Security.Cryptography;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Drivers.OpcUa.Certificates;
using EdgeGateway.Drivers.OpcUa.Options;
using EdgeGateway.OpcUa.Client;
using EdgeGateway.OpcUa.Security;

namespace EdgeGateway.Drivers.OpcUa.Lines;

/// <summary>A client's setup out of a connection's options. Owns the keys.</summary>
internal sealed class ConnectionSetup : IDisposable
{
    private readonly LoadedIdentity? _own, _user;

    private ConnectionSetup(ClientSetup client, CertificateStore store, LoadedIdentity? own, LoadedIdentity? user)
    {
        (Client, Store) = (client, store);
        (_own, _user) = (own, user);
    }

    public ClientSetup Client { get; }

    public CertificateStore Store { get; }

    /// <summary>The own certificate's file, or null under policy None.</summary>
    public LoadedIdentity? Own => _own;

    /// <summary>Reads files and makes the own certificate on first use.</summary>
    /// <exception cref="OpcUaSetupException">Options contradict each other, or a certificate or key cannot be read or made; the message says what to do.</exception>
    public static ConnectionSetup Of(string name, OptionValues options, TimeProvider time, Func<double> jitter)
    {
        var policy = options.Get(OpcUaOptions.Policy);
        var endpoint = options.Get(OpcUaOptions.Endpoint);
        if (policy.IsSecure && options.Get(OpcUaOptions.Mode) == MessageSecurityMode.None) throw new OpcUaSetupException($"mode none goes with policy None only; for {policy.Name} choose sign or sign_and_encrypt");
        if (!policy.IsSecure && options.Has(OpcUaOptions.Mode) && options.Get(OpcUaOptions.Mode) != MessageSecurityMode.None)
            throw new OpcUaSetupException("policy None cannot sign or encrypt; choose a policy such as Basic256Sha256, or write mode: none");
        if (options.Has(OpcUaOptions.User) && options.Has(OpcUaOptions.UserCertificate)) throw new OpcUaSetupException("user and user_certificate are both given; give one of them");
        var store = new CertificateStore(options.Get(OpcUaOptions.Pki));
        var uri = options.Get(OpcUaOptions.ApplicationUri);
        var own = policy.IsSecure ? OwnCertificate.Ensure(store, uri, time.GetUtcNow()) : null;
        var user = options.Has(OpcUaOptions.UserCertificate) ? LoadedIdentity.Load(options.Get(OpcUaOptions.UserCertificate)) : null;
        var identity = user is not null ? UserIdentity.Of(user.Identity)
            : options.Has(OpcUaOptions.User) ? UserIdentity.Of(options.Get(OpcUaOptions.User), options.Has(OpcUaOptions.Password) ? options.Get(OpcUaOptions.Password).Reveal() : "") : UserIdentity.Anonymous;
        var client = new ClientSetup
        {
            EndpointUrl = endpoint,
            Policy = policy,
            // Policy None has but one mode, so `mode` need not be written beside it.
            Mode = policy.IsSecure ? options.Get(OpcUaOptions.Mode) : MessageSecurityMode.None,
            ApplicationUri = uri,
            SessionName = name,
            Identity = own?.Identity,
            User = identity,
            AllowClearPassword = options.Get(OpcUaOptions.AllowClearPassword),
            Judge = new CertificateJudge(store, new Uri(endpoint).IdnHost, options.Get(OpcUaOptions.VerifyHost), options.Get(OpcUaOptions.RequireCrl), time),
            Random = RandomNumberGenerator.Fill,
            Jitter = jitter,
            RequestTimeout = Micros(options.Get(OpcUaOptions.Timeout)),
            SessionTimeout = Micros(options.Get(OpcUaOptions.SessionTimeout)),
            TokenLifetime = Micros(options.Get(OpcUaOptions.TokenLifetime)),
            LongestBackoff = Micros(options.Get(OpcUaOptions.Backoff)),
        };
        return new ConnectionSetup(client, store, own, user);
    }

    public void Dispose()
    {
        _own?.Dispose();
        _user?.Dispose();
    }

    private static long Micros(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;
}
