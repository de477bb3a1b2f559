using EdgeGateway.Peers;

namespace EdgeGateway.Drivers.Modbus.Tests;

/// <summary>Two serial ports that are wired to each other, made by socat.</summary>
internal sealed class PtyPair : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private PeerProcess? _socat;

    private PtyPair(DirectoryInfo folder, PeerProcess socat) => (_folder, _socat) = (folder, socat);

    /// <summary>The gateway's end.</summary>
    public string Master => Path.Combine(_folder.FullName, "master");

    /// <summary>The devices' end.</summary>
    public string Devices => Path.Combine(_folder.FullName, "devices");

    public static async Task<PtyPair> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("modbus-pty-");
        var pair = new PtyPair(folder, Socat(folder));
        await pair.StandsAsync();
        return pair;
    }

    /// <summary>Pulls the adapter out: the port is gone.</summary>
    public async Task UnplugAsync()
    {
        if (_socat is { } socat) await socat.DisposeAsync();
        _socat = null;
    }

    /// <summary>Puts it back under the same name.</summary>
    public async Task ReplugAsync()
    {
        _socat = Socat(_folder);
        await StandsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await UnplugAsync();
        _folder.Delete(recursive: true);
    }

    private static PeerProcess Socat(DirectoryInfo folder) =>
        PeerProcess.Start("socat", ["-d", "-d", $"pty,raw,echo=0,link={Path.Combine(folder.FullName, "master")}", $"pty,raw,echo=0,link={Path.Combine(folder.FullName, "devices")}"]);

    private Task StandsAsync() => _socat!.SaysAsync("starting data transfer loop");
}
