using System.Globalization;
using EdgeGateway.Peers;

namespace EdgeGateway.Tests.Processes;

/// <summary>The pymodbus meter and PLC, and what they say of themselves.</summary>
internal sealed class Meter : IAsyncDisposable
{
    private readonly PeerProcess _process;
    private readonly string _state;

    private Meter(PeerProcess process, string state, int port) => (_process, _state, Port) = (process, state, port);

    public int Port { get; }

    public static async Task<Meter> StartAsync(string folder)
    {
        var (port, state) = (FreePort.Next(), Path.Combine(folder, "meter.log"));
        var process = PeerProcess.Start("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "Processes", "meter.py"), port.ToString(CultureInfo.InvariantCulture), state]);
        await process.ListensAsync(port);
        return new Meter(process, state, port);
    }

    /// <summary>Registers by the time they were set, oldest first.</summary>
    public IReadOnlyList<(double Time, long Energy, long Good, long Scrap)> Said() =>
    [
        .. File.ReadAllLines(_state).Select(l => l.Split(' ')).Where(f => f.Length == 4).Select(f => (double.Parse(f[0], CultureInfo.InvariantCulture),
            long.Parse(f[1], CultureInfo.InvariantCulture), long.Parse(f[2], CultureInfo.InvariantCulture), long.Parse(f[3], CultureInfo.InvariantCulture))),
    ];

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
