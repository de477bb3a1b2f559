using System.Globalization;
using EdgeGateway.Peers;

namespace Chaos.Tests.Runs;

/// <summary>The gateway's machine: it starts the program, ends it in both ways, and starts it again where a full disk did not let it begin, as a service manager does.</summary>
/// <param name="map">Path of its map.</param>
/// <param name="environment">What the map asks for.</param>
/// <param name="clock">Learns when it lived.</param>
internal sealed class GatewayBox(string map, IReadOnlyDictionary<string, string> environment, MachineClock clock) : IAsyncDisposable
{
    private const int StoreRefused = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2), StartAgainAfter = TimeSpan.FromMilliseconds(300);
    private readonly List<string> _earlier = [];
    private readonly List<Outage> _down = [];
    private PeerProcess? _process;
    private long _downSince;

    private volatile bool _diskIsFull;
    private volatile int _fills;
    private volatile bool _disposed;

    /// <summary>True while the file system of its store is full: a start may then be refused, and a stop may leave something unwritten.</summary>
    public bool DiskIsFull
    {
        get => _diskIsFull;
        set
        {
            if (value) _fills++;
            _diskIsFull = value;
        }
    }

    /// <summary>Its process, or null while none runs.</summary>
    public int? Pid => _process?.Pid;

    /// <summary>Hears of every process that begins.</summary>
    public Action<int?> Launched { get; init; } = _ => { };

    /// <summary>Stretches in which no gateway ran.</summary>
    public IReadOnlyList<Outage> Down => _down;

    /// <summary>How often it was killed while it ran.</summary>
    public int Kills { get; private set; }

    /// <summary>What is wrong with how it lived: ends of its own, exit codes.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>What all its lives said.</summary>
    public IEnumerable<string> Lines => _earlier.Concat(_process?.Lines ?? []);

    /// <summary>Starts it and waits until it says that it runs.</summary>
    public async Task StartAsync()
    {
        while (true)
        {
            var (wasFull, fills) = (_diskIsFull, _fills);
            var process = Launch();
            await Until.TrueAsync(() => process.HasExited || process.Lines.Any(l => l.Contains(" runs: ", StringComparison.Ordinal)), "the gateway to run", Patience);
            if (!process.HasExited) return;
            var code = process.ExitCode;
            await EndAsync();
            if (code != StoreRefused || !(wasFull || fills != _fills))
            {
                Complaints.Add(string.Create(CultureInfo.InvariantCulture, $"the gateway did not start: {code}"));
                return;
            }
            await Task.Delay(StartAgainAfter, TimeProvider.System);
        }
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (Ended() || _process is not { } process) return;
        process.Kill();
        Kills++;
        await process.WaitForExitAsync();
        await EndAsync();
    }

    /// <summary>Starts it and kills it again before it has lived for long, many times; ends with it killed.</summary>
    public async Task StormAsync(TimeSpan length, Random random)
    {
        await KillAsync();
        for (var begin = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(begin) < length;)
        {
            Launch();
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(5, 700)), TimeProvider.System);
            // A full disk may have refused it.
            if (_process!.HasExited) await EndAsync();
            else await KillAsync();
        }
    }

    /// <summary>SIGTERM, and the exit code of good order.</summary>
    public async Task StopAsync()
    {
        if (Ended() || _process is not { } process) return;
        var (wasFull, fills) = (_diskIsFull, _fills);
        process.Signal("TERM");
        await process.WaitForExitAsync().WaitAsync(Patience);
        if (process.ExitCode != 0 && !(process.ExitCode == StoreRefused && (wasFull || fills != _fills))) Complaints.Add(string.Create(CultureInfo.InvariantCulture, $"a stop in good order ended with {process.ExitCode}"));
        await EndAsync();
    }

    /// <summary>Gives the running gateway a command, again where none runs or it is killed meanwhile.</summary>
    public async Task SayAsync(IReadOnlyList<string> command)
    {
        for (var begin = TimeProvider.System.GetTimestamp(); ; await Task.Delay(StartAgainAfter, TimeProvider.System))
        {
            await using var said = GatewayProcess.Start([command[0], map, .. command.Skip(1)], environment);
            await said.WaitForExitAsync();
            if (said.ExitCode == 0) return;
            if (said.Output.Contains("not followed", StringComparison.Ordinal) || TimeProvider.System.GetElapsedTime(begin) > Patience)
            {
                Complaints.Add($"{string.Join(' ', command)}: {said.Output}");
                return;
            }
        }
    }

    /// <summary>True where it ended by itself, which it must not.</summary>
    public bool Ended()
    {
        if (_process is null) return true;
        if (!_process.HasExited) return false;
        Complaints.Add(string.Create(CultureInfo.InvariantCulture, $"the gateway ended by itself with {_process.ExitCode}"));
        _earlier.AddRange(_process.Lines);
        _process = null;
        _downSince = clock.Ended();
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        // A run that is broken off may be about to start another.
        _disposed = true;
        if (_process is not null) await _process.DisposeAsync();
    }

    private PeerProcess Launch()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var now = clock.Started();
        if (_downSince != 0) _down.Add(new Outage(null, _downSince, now));
        _process = GatewayProcess.Start(["run", map], environment);
        Launched(Pid);
        return _process;
    }

    private async Task EndAsync()
    {
        var process = _process!;
        _process = null;
        _downSince = clock.Ended();
        await process.DisposeAsync();
        _earlier.AddRange(process.Lines);
    }
}
