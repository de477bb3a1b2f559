using System.Collections.Immutable;
using EdgeGateway.OpcUa.Security;

namespace EdgeGateway.OpcUa.Services;

/// <summary>Chooses an endpoint: exactly the policy, mode and token that were asked for, or none. Nothing is ever downgraded.</summary>
public static class EndpointChoice
{
    /// <summary>Chooses among what the server offers.</summary>
    /// <param name="offers">What the server offers.</param>
    /// <param name="policy">The policy asked for.</param>
    /// <param name="mode">The mode asked for.</param>
    /// <param name="type">Kind of user token.</param>
    /// <param name="endpoint">The endpoint with the highest security level among those that fit.</param>
    /// <param name="token">The server's policy for the user's token.</param>
    /// <returns>Null, or why nothing fits, with what is offered instead.</returns>
    public static string? Choose(ImmutableArray<EndpointDescription> offers, SecurityPolicy policy, MessageSecurityMode mode, UserTokenType type,
        out EndpointDescription? endpoint, out UserTokenPolicy? token)
    {
        (endpoint, token) = (null, null);
        var binary = offers.Where(e => e.IsBinaryTcp).ToArray();
        var fitting = binary.Where(e => e.PolicyUri == policy.Uri && e.Mode == mode).OrderByDescending(e => e.SecurityLevel).ToArray();
        if (fitting.Length == 0)
        {
            var list = string.Join(", ", binary.Select(e => $"{NameOf(e.PolicyUri)}/{e.Mode}").Distinct());
            return $"the server does not offer {policy.Name}/{mode}; it offers {(list.Length == 0 ? "nothing over opc.tcp" : list)}";
        }
        foreach (var candidate in fitting)
        {
            if (TokenOf(candidate, type) is not { } found) continue;
            (endpoint, token) = (candidate, found);
            return null;
        }
        var tokens = string.Join(", ", fitting.SelectMany(e => e.Tokens).Select(t => t.Type).Distinct());
        return $"the endpoint {policy.Name}/{mode} takes no user of kind {type}; it takes {(tokens.Length == 0 ? "none" : tokens)}";
    }

    /// <summary>True where the list that came with the session still offers what was chosen, with the same certificate and token: an attacker's list at discovery is found out here.</summary>
    public static bool StillOffered(ImmutableArray<EndpointDescription> offers, EndpointDescription chosen, UserTokenPolicy token) => offers.Any(e =>
        e.IsBinaryTcp && e.PolicyUri == chosen.PolicyUri && e.Mode == chosen.Mode && e.SecurityLevel == chosen.SecurityLevel && e.Tokens.Contains(token) &&
        (e.Certificate.IsEmpty || e.Certificate.Span.SequenceEqual(chosen.Certificate.Span)));

    /// <summary>The policy that protects the token's secret; null for one that is unknown or refused.</summary>
    public static SecurityPolicy? PolicyOf(UserTokenPolicy token, SecurityPolicy endpoint) =>
        string.IsNullOrEmpty(token.SecurityPolicyUri) ? endpoint : SecurityPolicy.ByUri(token.SecurityPolicyUri);

    /// <summary>Prefers a token whose policy is secure: a server may offer the same kind with None first.</summary>
    private static UserTokenPolicy? TokenOf(EndpointDescription endpoint, UserTokenType type)
    {
        var own = SecurityPolicy.ByUri(endpoint.PolicyUri) ?? SecurityPolicy.None;
        return endpoint.Tokens.Where(t => t.Type == type && PolicyOf(t, own) is not null)
            .OrderByDescending(t => PolicyOf(t, own)!.IsSecure).ThenByDescending(t => string.IsNullOrEmpty(t.SecurityPolicyUri)).FirstOrDefault();
    }

    private static string NameOf(string? uri) => uri is null ? "?" : uri[(uri.LastIndexOf('#') + 1)..];
}
