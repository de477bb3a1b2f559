using System.Globalization;
using EdgeGateway.Peers;

namespace Chaos.Tests.Runs;

/// <summary>The gateway's machine: it starts the program, ends it in both ways, and starts it again where a full disk did not let it begin, as a service manager does.</summary>
internal sealed class GatewayBox(string map, IReadOnlyDictionary<string, string> environment, TimeProvider time) : IAsyncDisposable
{
    private const int StoreRefused = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StartAgainAfter = TimeSpan.FromMilliseconds(300);
    private readonly List<string> _earlier = [];
    private readonly List<(long From, long To)> _down = [];
    private PeerProcess? _process;
    private long _downSince;

    /// <summary>Stretches in which no gateway ran, UTC microseconds.</summary>
    public IReadOnlyList<(long From, long To)> Down => _down;

    /// <summary>What is wrong with how it lived: ends of its own, exit codes.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>What all its lives said.</summary>
    public IEnumerable<string> Lines => _earlier.Concat(_process?.Lines ?? []);

    /// <summary>True while the file system of its store is full: a start may then be refused.</summary>
    public volatile bool DiskIsFull;

    public async Task StartAsync()
    {
        while (true)
        {
            var mayBeRefused = DiskIsFull;
            _process = GatewayProcess.Start(["run", map], environment);
            var process = _process;
            await Until.TrueAsync(() => process.HasExited || process.Lines.Any(l => l.Contains(" runs: ", StringComparison.Ordinal)), "the gateway to run", Patience);
            if (!process.HasExited) break;
            await EndAsync();
            if (process.ExitCode != StoreRefused || !mayBeRefused)
            {
                Complaints.Add(string.Create(CultureInfo.InvariantCulture, $"the gateway did not start: {process.ExitCode}"));
                return;
            }
            await Task.Delay(StartAgainAfter, time);
        }
        if (_downSince != 0) _down.Add((_downSince, Now()));
        _downSince = 0;
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (Ended() || _process is not { } process) return;
        process.Kill();
        _downSince = Now();
        await process.WaitForExitAsync();
        await EndAsync();
    }

    /// <summary>SIGTERM, and the exit code of good order.</summary>
    public async Task StopAsync()
    {
        if (Ended() || _process is not { } process) return;
        _downSince = Now();
        process.Signal("TERM");
        await process.WaitForExitAsync().WaitAsync(Patience);
        if (process.ExitCode != 0) Complaints.Add(string.Create(CultureInfo.InvariantCulture, $"a stop in good order ended with {process.ExitCode}"));
        await EndAsync();
    }

    /// <summary>True where it ended by itself, which it must not.</summary>
    public bool Ended()
    {
        if (_process is null) return true;
        if (!_process.HasExited) return false;
        Complaints.Add(string.Create(CultureInfo.InvariantCulture, $"the gateway ended by itself with {_process.ExitCode}"));
        _downSince = Now();
        _earlier.AddRange(_process.Lines);
        _process = null;
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
    }

    private async Task EndAsync()
    {
        var process = _process!;
        _process = null;
        await process.DisposeAsync();
        _earlier.AddRange(process.Lines);
    }

    private long Now() => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
