using EdgeGateway.Drivers.OpcUa.Options;
using EdgeGateway.Drivers.OpcUa.Tests.Peers;
using EdgeGateway.OpcUa.Security;
using EdgeGateway.Peers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.OpcUa.Tests;

/// <summary>Controllers that allow one session and call themselves by a name that nobody can resolve.</summary>
public sealed class ThriftTests(SharedServers shared)
{
    [Fact]
    public async Task One_session_is_enough_is_given_back_and_its_want_is_explained()
    {
        await using var peers = new OpcUaServers();
        var server = peers.Describe("thrifty", sessions: 1, announce: "plc-7.invalid");
        await peers.StartAsync(server);
        var first = Rig(server);
        try
        {
            // Two devices, subscriptions and polls, and a name that resolves to nothing: one session over what was dialled.
            await first.GoodAsync(0);
            Assert.Contains("plc-7.invalid", first.Bus.Line!.Client.Endpoint!.Url, StringComparison.OrdinalIgnoreCase);
            await using var second = Rig(server);
            await Until.TrueAsync(() => second.Bus.Health.LastError?.Contains("no free session", StringComparison.Ordinal) == true, $"the want of a session, not '{second.Bus.Health.LastError}'");
            await first.DisposeAsync();
            await second.GoodAsync(0);
            Assert.Equal(1, second.Bus.Line!.Client.SessionsCreated);
        }
        finally
        {
            await first.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_line_that_breaks_again_and_again_keeps_its_one_session()
    {
        await using var peers = new OpcUaServers();
        var server = peers.Describe("breaking", sessions: 1);
        await peers.StartAsync(server);
        await using var rig = Rig(server);
        await rig.GoodAsync(0);
        for (var i = 0; i < 5; i++)
        {
            var resumed = rig.Bus.Line!.Client.SessionsResumed;
            rig.Bus.Line.Break();
            await Until.TrueAsync(() => rig.Bus.Line.Client.SessionsResumed > resumed, "the session to be taken up again");
            await rig.GoodAsync(0);
        }
        Assert.Equal(1, rig.Bus.Line!.Client.SessionsCreated);
    }

    private BusRig Rig(OpcUaServer server)
    {
        var rig = new BusRig(server, shared.Pki).Secured(SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign).Trusting(server.Certificate);
        rig.Connection.Set(OpcUaOptions.VerifyHost, false);
        rig.Add("Count", PointKind.Counter);
        return rig.Start();
    }
}
