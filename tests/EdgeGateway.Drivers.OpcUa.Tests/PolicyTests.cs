using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Drivers.OpcUa.Options;
using EdgeGateway.Drivers.OpcUa.Tests.Peers;
using EdgeGateway.OpcUa.Security;
using EdgeGateway.Peers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Drivers.OpcUa.Tests;

/// <summary>Every policy, mode and kind of user against a server that shares no code with the client.</summary>
public sealed class PolicyTests(SharedServers servers)
{
    public static TheoryData<string, MessageSecurityMode, string> All()
    {
        var data = new TheoryData<string, MessageSecurityMode, string>();
        foreach (var user in new[] { "anonymous", "password", "certificate" })
        {
            data.Add("None", MessageSecurityMode.None, user);
            foreach (var policy in SecurityPolicy.All.Where(p => p.IsSecure))
            {
                data.Add(policy.Name, MessageSecurityMode.Sign, user);
                data.Add(policy.Name, MessageSecurityMode.SignAndEncrypt, user);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Reads_values_of_every_type(string policy, MessageSecurityMode mode, string user)
    {
        await using var rig = new BusRig(servers.Plain, servers.Pki)
            .Secured(SecurityPolicy.All.First(p => p.Name == policy), mode);
        if (user == "password") rig.Connection.Set(OpcUaOptions.User, OpcUaServers.User).Set(OpcUaOptions.Password, new SecretText(OpcUaServers.Password));
        if (user == "certificate") rig.Connection.Set(OpcUaOptions.UserCertificate, UserFile());
        rig.Device.Set(OpcUaOptions.Way, ReadingWay.Poll);
        var numbers = new (string Name, double Value)[] { ("Bool", 1), ("I8", -8), ("U8", 8), ("I16", -16), ("U16", 16), ("I32", -32), ("U32", 32), ("I64", -42), ("U64", 0x1_0000_0002), ("F32", 1.5), ("F64", 2.25) };
        var slots = numbers.Select(n => rig.Add(n.Name)).ToArray();
        var text = rig.Add("Text", PointKind.Text);
        var empty = rig.Add("Empty", PointKind.Text);
        var element = rig.Add("Array", options: o => o.Set(OpcUaOptions.Element, 2L));
        var state = rig.Add("State", PointKind.State, map: m => m with { States = m.States.Add(2, MachineState.Running) });
        var count = rig.Add("Count", PointKind.Counter);
        var beyond = rig.Add("Beyond", node: "nsu=urn:peer:plc;s=Array", options: o => o.Set(OpcUaOptions.Element, 3L));
        var bad = rig.Add("Bad");
        var absent = rig.Add("Absent");
        var none = rig.Add("Null", PointKind.Text);
        var nowhere = rig.Add("Nowhere", node: "nsu=urn:nowhere;s=a");
        rig.Start();
        await rig.GoodAsync(count);
        for (var i = 0; i < slots.Length; i++) Assert.Equal((numbers[i].Name, numbers[i].Value), (numbers[i].Name, rig.Sink.Last(slots[i])!.Number));
        Assert.Equal("batch-7", rig.Sink.Last(text)!.Text);
        Assert.Equal("", rig.Sink.Last(empty)!.Text);
        Assert.Equal(12, rig.Sink.Last(element)!.Number);
        Assert.Equal((long)MachineState.Running, rig.Sink.Last(state)!.Integer);
        Assert.Equal(Quality.BadMalformed, rig.Sink.Last(beyond)!.Quality);
        Assert.Equal(Quality.BadException, rig.Sink.Last(bad)!.Quality);
        Assert.Equal(Quality.BadException, rig.Sink.Last(absent)!.Quality);
        Assert.Equal(Quality.BadMalformed, rig.Sink.Last(none)!.Quality);
        await EdgeGateway.Peers.Until.TrueAsync(() => rig.Sink.Of(nowhere).Count(s => s.Quality == Quality.BadException) >= 3, "a bad sample a period of a point without a namespace");
    }

    private string UserFile()
    {
        var file = Path.Combine(servers.Peers.Folder, "user.pem");
        if (File.Exists(file)) return file;
        var (certificate, key) = OpcUaCertificates.Write(Path.Combine(servers.Peers.Folder, "certificates"), "user", new OpcUaCertificates.Wish { Name = "operator", Uri = "urn:operator" });
        File.WriteAllText(file, File.ReadAllText(certificate) + "\n" + File.ReadAllText(key));
        return file;
    }
}
