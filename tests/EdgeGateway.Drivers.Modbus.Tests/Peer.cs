using System.Globalization;
using EdgeGateway.Peers;

namespace EdgeGateway.Drivers.Modbus.Tests;

/// <summary>The Python peers of this project.</summary>
internal static class Peer
{
    private const string Python = "/usr/bin/python3";

    public static async Task<(PeerProcess Process, int Port)> MeterAsync()
    {
        var port = FreePort.Next();
        var peer = PeerProcess.Start(Python, [Script("meter.py"), port.ToString(CultureInfo.InvariantCulture)]);
        await peer.ListensAsync(port);
        return (peer, port);
    }

    public static async Task<(PeerProcess Process, int Port)> DevicesAsync(params string[] behaviour)
    {
        var peer = PeerProcess.Start(Python, [Script("devices.py"), .. behaviour]);
        await peer.SaysAsync("port ");
        return (peer, int.Parse(peer.Lines.First()["port ".Length..], CultureInfo.InvariantCulture));
    }

    /// <summary>Requests that the devices saw, as <c>unit function address count</c>.</summary>
    public static string[] Requests(this PeerProcess peer) => [.. peer.Lines.Where(l => l.Split(' ').Length == 4)];

    private static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "peers", name);
}
