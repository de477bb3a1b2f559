using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Drivers.OpcUa.Certificates;
using EdgeGateway.Drivers.OpcUa.Options;
using EdgeGateway.Drivers.OpcUa.Tests.Peers;
using EdgeGateway.OpcUa.Security;
using EdgeGateway.Peers;

namespace EdgeGateway.Drivers.OpcUa.Tests;

/// <summary>Refusals in plain words against real servers, and what mends them.</summary>
public sealed class CertificateTests(SharedServers servers)
{
    private BusRig Rig(OpcUaServer server, bool trusted)
    {
        var pki = Path.Combine(servers.Peers.Folder, "gw-" + server.Name + trusted);
        // The own certificate of the shared gateway saves the search for a key.
        Directory.CreateDirectory(Path.Combine(pki, "own"));
        OwnCertificate.Ensure(new CertificateStore(servers.Pki), "urn:edge-gateway", DateTimeOffset.UtcNow).Dispose();
        foreach (var file in Directory.GetFiles(Path.Combine(servers.Pki, "own"))) File.Copy(file, Path.Combine(pki, "own", Path.GetFileName(file)), overwrite: true);
        var rig = new BusRig(server, pki).Secured(SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign);
        if (trusted) rig.Trusting(servers.FileOf(server));
        rig.Device.Set(OpcUaOptions.Way, ReadingWay.Poll);
        rig.Add("F64");
        return rig;
    }

    private static Task SaysAsync(BusRig rig, string words) =>
        Until.TrueAsync(() => rig.Bus.Health.LastError?.Contains(words, StringComparison.Ordinal) == true, $"'{words}' instead of '{rig.Bus.Health.LastError}'");

    [Fact]
    public async Task An_untrusted_certificate_is_kept_and_trusted_by_command()
    {
        await using var rig = Rig(servers.Plain, trusted: false);
        rig.Start();
        await SaysAsync(rig, "is not trusted");
        Assert.Contains("certs trust", rig.Bus.Health.LastError, StringComparison.Ordinal);
        var rejected = Assert.Single(rig.Store.List(StoreFolder.Rejected));
        Assert.Contains(rejected.Fingerprint, rig.Bus.Health.LastError, StringComparison.Ordinal);
        Assert.Equal("0 certificates in rejected begin with 0123456789", rig.Store.Move("0123456789", StoreFolder.Rejected, StoreFolder.Trusted));
        Assert.Null(rig.Store.Move(rejected.Fingerprint[..16], StoreFolder.Rejected, StoreFolder.Trusted));
        await rig.GoodAsync(0);
    }

    [Fact]
    public async Task An_expired_certificate_is_refused_though_trusted()
    {
        await using var rig = Rig(servers.Expired, trusted: true);
        rig.Start();
        await SaysAsync(rig, "expired on");
    }

    [Fact]
    public async Task A_certificate_of_another_host_is_refused_unless_that_is_allowed()
    {
        await using (var rig = Rig(servers.WrongHost, trusted: true))
        {
            rig.Start();
            await SaysAsync(rig, "names plc-7.example, but 127.0.0.1 is dialled");
            Assert.Contains("verify_host: false", rig.Bus.Health.LastError, StringComparison.Ordinal);
        }
        await using var lenient = Rig(servers.WrongHost, trusted: true);
        lenient.Connection.Set(OpcUaOptions.VerifyHost, false);
        lenient.Start();
        await lenient.GoodAsync(0);
    }

    [Fact]
    public async Task A_certificate_of_another_application_is_refused()
    {
        await using var rig = Rig(servers.WrongUri, trusted: true);
        rig.Start();
        await SaysAsync(rig, "is for application \"urn:other\", but the server calls itself \"urn:peer\"");
    }

    [Fact]
    public async Task Keys_of_unequal_sizes_work_under_every_policy()
    {
        foreach (var policy in SecurityPolicy.All.Where(p => p.IsSecure))
        {
            await using var rig = new BusRig(servers.Large, servers.Pki).Secured(policy, MessageSecurityMode.SignAndEncrypt);
            rig.Connection.Set(OpcUaOptions.User, OpcUaServers.User).Set(OpcUaOptions.Password, new SecretText(OpcUaServers.Password));
            rig.Device.Set(OpcUaOptions.Way, ReadingWay.Poll);
            rig.Add("F64");
            rig.Start();
            await rig.GoodAsync(0);
        }
    }

    [Fact]
    public async Task A_wrong_password_is_said_to_be_one()
    {
        await using var rig = new BusRig(servers.Plain, servers.Pki).Secured(SecurityPolicy.Basic256Sha256, MessageSecurityMode.SignAndEncrypt);
        rig.Connection.Set(OpcUaOptions.User, OpcUaServers.User).Set(OpcUaOptions.Password, new SecretText("wrong"));
        rig.Add("F64");
        rig.Start();
        await SaysAsync(rig, "check user and password");
    }

    [Theory]
    [InlineData("None", MessageSecurityMode.Sign, "policy None cannot sign or encrypt")]
    [InlineData("Basic256Sha256", MessageSecurityMode.None, "mode none goes with policy None only")]
    public async Task A_policy_and_a_mode_that_contradict_each_other_are_not_tried(string policy, MessageSecurityMode mode, string words)
    {
        await using var rig = new BusRig(servers.Plain, servers.Pki).Secured(SecurityPolicy.All.First(p => p.Name == policy), mode);
        var slot = rig.Add("F64");
        rig.Start();
        await SaysAsync(rig, words);
        await Until.TrueAsync(() => rig.Sink.Last(slot) is { Quality: Records.Samples.Quality.BadDisconnected }, "a bad sample");
        Assert.Equal(0, rig.Bus.Health.Connects);
    }
}
