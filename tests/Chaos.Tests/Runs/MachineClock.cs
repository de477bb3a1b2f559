using System.Diagnostics;

namespace Chaos.Tests.Runs;

/// <summary>
/// The system clock of the gateway's machine, which a script may set, and what the gateway's time must be by its own rules: it follows a clock that NTP vouches for ahead at once, takes the clock
/// as it is when it starts, and never goes back. Thread-safe.
/// </summary>
/// <remarks>Where those rules leave room, as while time is given back slowly, nothing is said of the gateway's time.</remarks>
internal sealed class MachineClock : IDisposable
{
    /// <summary>A step may be seen a tick later, on a busy machine much later.</summary>
    private const long Late = 5_000_000, Early = 1_000_000, Least = 1_000_000;

    private static readonly Lazy<Task<string>> _library = new(CompileAsync);
    private readonly Lock _lock = new();
    private readonly List<(long From, long? Offset)> _pieces = [(long.MinValue, 0)];
    private readonly string _file;
    private readonly bool _vouched;
    private long _system;
    private long? _gateway = 0;
    private long _started, _ended;
    private bool _running;

    /// <summary>A clock that agrees with the plant's.</summary>
    /// <param name="folder">Takes its file.</param>
    /// <param name="vouched">Whether NTP vouches for it.</param>
    public MachineClock(string folder, bool vouched)
    {
        (_file, _vouched) = (Path.Combine(folder, "clock"), vouched);
        File.WriteAllBytes(_file, new byte[16]);
        Write();
    }

    /// <summary>What a process needs in its environment to live by this clock.</summary>
    public async Task<IReadOnlyDictionary<string, string>> EnvironmentAsync() => new Dictionary<string, string> { ["LD_PRELOAD"] = await _library.Value, ["CHAOS_CLOCK"] = _file };

    /// <summary>Now in plant time, UTC microseconds.</summary>
    public static long Now => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The gateway's time as of now, or null where nothing is known of it.</summary>
    public long? GatewayNow
    {
        get
        {
            lock (_lock) return Now + _gateway;
        }
    }

    /// <summary>Sets the system clock.</summary>
    public void Step(TimeSpan by)
    {
        lock (_lock)
        {
            var now = Now;
            _system += by.Ticks / TimeSpan.TicksPerMicrosecond;
            Write();
            if (!_running || _gateway is not { } gateway) return;
            if (now - _started < Late)
            {
                // Whether it had looked at the clock already, nobody knows: its time may begin by either.
                _pieces.Add((_started + Math.Min(gateway, _system) - Early, _gateway = null));
                return;
            }
            if (!_vouched || Math.Abs(_system - gateway) < Least) return;
            _pieces.Add((now + gateway - Early, null));
            if (_system > gateway) _pieces.Add((now + Late + _system, _gateway = _system));
            else _gateway = null;
        }
    }

    /// <summary>The gateway starts; returns plant time.</summary>
    public long Started()
    {
        lock (_lock)
        {
            var now = _started = Now;
            _running = true;
            if (_gateway is not { } gateway || _system == gateway) return now;
            _pieces.Add(((_ended == 0 ? now : _ended) + gateway - Early, null));
            if (_system > gateway) _pieces.Add((now + Late + _system, _gateway = _system));
            else _gateway = null;
            return now;
        }
    }

    /// <summary>The gateway has ended; returns plant time.</summary>
    public long Ended()
    {
        lock (_lock)
        {
            _running = false;
            return _ended = Now;
        }
    }

    /// <summary>Plant time of an instant of the gateway's, or null where nothing is known.</summary>
    public long? PlantTime(long gatewayTime)
    {
        lock (_lock) return gatewayTime - _pieces.FindLast(p => p.From <= gatewayTime).Offset;
    }

    public void Dispose() => File.Delete(_file);

    private void Write()
    {
        // In place: the process has the file mapped.
        using var file = new FileStream(_file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        using var writer = new BinaryWriter(file);
        writer.Write(_system * 1000);
        writer.Write(_vouched ? 1L : 0L);
    }

    private static async Task<string> CompileAsync()
    {
        var library = Path.Combine(Directory.CreateTempSubdirectory("chaos-clock-").FullName, "clock.so");
        using var clang = Process.Start(new ProcessStartInfo("clang", ["-shared", "-fPIC", "-O2", "-o", library, Path.Combine(AppContext.BaseDirectory, "Runs", "clock.c")]) { RedirectStandardError = true })!;
        var said = await clang.StandardError.ReadToEndAsync();
        await clang.WaitForExitAsync();
        return clang.ExitCode == 0 ? library : throw new InvalidOperationException("clang: " + said);
    }
}
