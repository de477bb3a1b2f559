using System.Collections.Immutable;
using EdgeGateway.OpcUa.Security;
using EdgeGateway.OpcUa.Services;

namespace EdgeGateway.OpcUa.Tests.Client;

public sealed class EndpointTests
{
    private static EndpointDescription Offer(SecurityPolicy policy, MessageSecurityMode mode, byte level = 1, params UserTokenPolicy[] tokens) =>
        new() { PolicyUri = policy.Uri, Mode = mode, SecurityLevel = level, Tokens = [.. tokens], TransportUri = "http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary" };

    private static readonly UserTokenPolicy Anonymous = new("a", UserTokenType.Anonymous, null);

    [Fact]
    public void The_highest_level_of_exactly_what_was_asked_for_wins()
    {
        ImmutableArray<EndpointDescription> offers = [Offer(SecurityPolicy.None, MessageSecurityMode.None, 99, Anonymous), Offer(SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign, 5, Anonymous), Offer(SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign, 7, Anonymous)];
        Assert.Null(EndpointChoice.Choose(offers, SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign, UserTokenType.Anonymous, out var endpoint, out _));
        Assert.Equal(7, endpoint!.SecurityLevel);
    }

    [Fact]
    public void Nothing_lesser_is_taken_and_the_offers_are_told()
    {
        ImmutableArray<EndpointDescription> offers = [Offer(SecurityPolicy.None, MessageSecurityMode.None, 1, Anonymous), Offer(SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign, 1, Anonymous)];
        var refusal = EndpointChoice.Choose(offers, SecurityPolicy.Basic256Sha256, MessageSecurityMode.SignAndEncrypt, UserTokenType.Anonymous, out var endpoint, out _);
        Assert.Null(endpoint);
        Assert.Equal("the server does not offer Basic256Sha256/SignAndEncrypt; it offers None/None, Basic256Sha256/Sign", refusal);
    }

    [Fact]
    public void Another_transport_is_not_taken()
    {
        var https = Offer(SecurityPolicy.None, MessageSecurityMode.None, 1, Anonymous) with { TransportUri = "http://opcfoundation.org/UA-Profile/Transport/https-uabinary" };
        Assert.NotNull(EndpointChoice.Choose([https], SecurityPolicy.None, MessageSecurityMode.None, UserTokenType.Anonymous, out _, out _));
    }

    [Fact]
    public void A_token_of_a_secure_policy_is_preferred_and_a_broken_one_refused()
    {
        var clear = new UserTokenPolicy("clear", UserTokenType.UserName, SecurityPolicy.None.Uri);
        var old = new UserTokenPolicy("old", UserTokenType.UserName, "http://opcfoundation.org/UA/SecurityPolicy#Basic128Rsa15");
        var safe = new UserTokenPolicy("safe", UserTokenType.UserName, SecurityPolicy.Basic256Sha256.Uri);
        Assert.Null(EndpointChoice.Choose([Offer(SecurityPolicy.None, MessageSecurityMode.None, 1, clear, old, safe)], SecurityPolicy.None, MessageSecurityMode.None, UserTokenType.UserName, out _, out var token));
        Assert.Equal("safe", token!.PolicyId);
        Assert.NotNull(EndpointChoice.Choose([Offer(SecurityPolicy.None, MessageSecurityMode.None, 1, old)], SecurityPolicy.None, MessageSecurityMode.None, UserTokenType.UserName, out _, out _));
    }

    [Fact]
    public void A_list_that_changed_between_discovery_and_session_is_found_out()
    {
        var chosen = Offer(SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign, 5, Anonymous);
        Assert.True(EndpointChoice.StillOffered([chosen], chosen, Anonymous));
        Assert.False(EndpointChoice.StillOffered([chosen with { SecurityLevel = 6 }], chosen, Anonymous));
        Assert.False(EndpointChoice.StillOffered([chosen with { Certificate = new byte[] { 1 } }], chosen, Anonymous));
        Assert.False(EndpointChoice.StillOffered([chosen with { Tokens = [] }], chosen, Anonymous));
    }
}
