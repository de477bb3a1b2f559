using System.Globalization;
using EdgeGateway.Peers;

namespace EdgeGateway.Tests.Processes;

/// <summary>pymodbus meters that write down who asks them.</summary>
internal sealed class WatchedMeter : IAsyncDisposable
{
    private readonly PeerProcess _process;
    private readonly string _log;
    private readonly int _probes;

    private WatchedMeter(PeerProcess process, string log, int port)
    {
        (_process, _log, Port) = (process, log, port);
        // The look whether it listens was a connection too.
        _probes = Lines().Count(l => l == "connect");
    }

    public int Port { get; }

    /// <summary>Connections that the gateway has made so far.</summary>
    public int Connections => Lines().Count(l => l == "connect") - _probes;

    public static async Task<WatchedMeter> StartAsync(string folder)
    {
        var port = FreePort.Next();
        var log = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"meter-{port}.log"));
        var process = PeerProcess.Start("/usr/bin/python3",
            [Path.Combine(AppContext.BaseDirectory, "Processes", "watched_meter.py"), port.ToString(CultureInfo.InvariantCulture), log]);
        await process.ListensAsync(port);
        await Until.TrueAsync(() => File.Exists(log) && File.ReadAllLines(log).Count(l => l is "connect") == File.ReadAllLines(log).Count(l => l is "lost") && File.ReadAllLines(log).Length > 0, "the look to be over");
        return new WatchedMeter(process, log, port);
    }

    /// <summary>What a unit has answered so far, in register steps.</summary>
    public IReadOnlyList<long> Answered(int unit)
    {
        var mark = string.Create(CultureInfo.InvariantCulture, $"read {unit} ");
        return [.. Lines().Where(l => l.StartsWith(mark, StringComparison.Ordinal)).Select(l => long.Parse(l.Split(' ')[3], CultureInfo.InvariantCulture))];
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    /// <summary>Whole lines only.</summary>
    private string[] Lines()
    {
        using var reader = new StreamReader(new FileStream(_log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var text = reader.ReadToEnd();
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
