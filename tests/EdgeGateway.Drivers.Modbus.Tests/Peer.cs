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

    /// <summary>Devices on a line without numbers: <c>tty</c> or <c>ascii</c> with the path of a port, <c>tcp</c>, <c>udp</c> or <c>udp_rtu</c>.</summary>
    public static async Task<(PeerProcess Process, int Port)> LineAsync(string carrier, string path, params string[] behaviour)
    {
        var peer = PeerProcess.Start(Python, [Script("lines.py"), carrier, path, .. behaviour]);
        await peer.SaysAsync("port ");
        return (peer, int.Parse(peer.Lines.First()["port ".Length..], CultureInfo.InvariantCulture));
    }

    /// <summary>A pymodbus RTU server on a port, with the values of the meter.</summary>
    public static async Task<PeerProcess> SerialMeterAsync(string path)
    {
        var peer = PeerProcess.Start(Python, [Script("meter.py"), path]);
        await peer.SaysAsync("serving");
        return peer;
    }

    /// <summary>Requests that the devices saw, as <c>unit function address count</c>.</summary>
    public static string[] Requests(this PeerProcess peer) => [.. peer.Lines.Where(l => l.Split(' ').Length == 4)];

    /// <summary>Starts a script of the peers folder.</summary>
    public static PeerProcess Start(string script, params string[] arguments) => PeerProcess.Start(Python, [Script(script), .. arguments]);

    private static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "peers", name);
}
