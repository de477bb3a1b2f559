using EdgeGateway.Drivers.OpcUa.Tests.Peers;
using EdgeGateway.Peers;

[assembly: AssemblyFixture(typeof(SharedServers))]

namespace EdgeGateway.Drivers.OpcUa.Tests.Peers;

/// <summary>Servers that no test stops, all in one process.</summary>
public sealed class SharedServers : IAsyncLifetime
{
    private readonly OpcUaServers _peers = new();

    internal OpcUaServers Peers => _peers;

    /// <summary>Certificates of a gateway that trusts the servers without faults.</summary>
    internal string Pki => Path.Combine(_peers.Folder, "gateway");

    internal string FileOf(OpcUaServer server) => Path.Combine(_peers.Folder, "certificates", server.Name + ".pem");

    internal OpcUaServer Plain { get; private set; } = null!;

    internal OpcUaServer Large { get; private set; } = null!;

    internal OpcUaServer Limited { get; private set; } = null!;

    internal OpcUaServer Expired { get; private set; } = null!;

    internal OpcUaServer WrongHost { get; private set; } = null!;

    internal OpcUaServer WrongUri { get; private set; } = null!;

    /// <summary>For one test each, which changes them.</summary>
    internal OpcUaServer FirstOwn { get; private set; } = null!;

    internal OpcUaServer SecondOwn { get; private set; } = null!;

    internal OpcUaServer Lagging { get; private set; } = null!;

    internal OpcUaServer Quiet { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        FirstOwn = _peers.Describe("first-own");
        SecondOwn = _peers.Describe("second-own");
        Quiet = _peers.Describe("quiet");
        Lagging = _peers.Describe("lagging");
        Plain = _peers.Describe("plain", doubles: 100);
        Large = _peers.Describe("large", new OpcUaCertificates.Wish { Bits = 4096 });
        Limited = _peers.Describe("limited", doubles: 350, limits: 100, ticks: 500);
        Expired = _peers.Describe("expired", new OpcUaCertificates.Wish { From = DateTimeOffset.UtcNow.AddDays(-30), To = DateTimeOffset.UtcNow.AddDays(-3) });
        WrongHost = _peers.Describe("wrong-host", new OpcUaCertificates.Wish { Host = "plc-7.example" });
        WrongUri = _peers.Describe("wrong-uri", new OpcUaCertificates.Wish { Uri = "urn:other" });
        new BusRig(Plain, Pki).Trusting(FileOf(Plain)).Trusting(FileOf(Large)).Trusting(FileOf(Limited));
        await _peers.StartAsync(Plain, Large, Limited, Expired, WrongHost, WrongUri, FirstOwn, SecondOwn, Lagging, Quiet);
    }

    public ValueTask DisposeAsync() => _peers.DisposeAsync();
}
