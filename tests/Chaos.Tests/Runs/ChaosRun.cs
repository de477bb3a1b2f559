using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using Chaos.Tests.Judging;
using Chaos.Tests.Links;
using Chaos.Tests.Scripts;
using EdgeGateway.Peers;

namespace Chaos.Tests.Runs;

/// <summary>Plays one script against real processes in real time and judges what arrived.</summary>
internal sealed class ChaosRun : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5), Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeProvider Time = TimeProvider.System;
    private static readonly ConcurrentDictionary<ChaosRun, bool> _playing = [];
    private readonly ChaosScript _script;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chaos-");
    private readonly Dictionary<string, Link> _links = [];
    private readonly Arrivals _arrivals = new();
    private StoreDisk? _disk;
    private PlantProcess? _plant;
    private Mosquitto? _broker;
    private MosquittoSub? _subscriber;
    private InfluxServer? _database;
    private GatewayBox? _box;
    private readonly MachineClock _clock;
    private readonly List<Outage> _outages = [];
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lateness _lateness = new();

    // Without it the process would be gone before its children are.
    private static readonly PosixSignalRegistration _terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, static signal =>
    {
        signal.Cancel = true;
        EndAll();
        Environment.Exit(128 + 15);
    });

    static ChaosRun() => AppDomain.CurrentDomain.ProcessExit += (_, _) => EndAll();

    private ChaosRun(ChaosScript script) => (_script, _clock) = (script, new MachineClock(_folder.FullName, script.Vouched));

    /// <summary>Plays a script to its end.</summary>
    public static async Task<ChaosResult> PlayAsync(ChaosScript script)
    {
        await using var run = new ChaosRun(script);
        _playing[run] = true;
        try
        {
            return await run.PlayAsync();
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException or IOException or HttpRequestException or System.Net.Sockets.SocketException)
        {
            return new ChaosResult(script, ["broken: " + e.Message], run._arrivals, 0, [.. run._box?.Lines ?? []]);
        }
    }

    private async Task<ChaosResult> PlayAsync()
    {
        await StartAsync();
        await Task.WhenAll(_script.Steps.Where(s => s.Kind != ChaosKind.Device).Select(StepAsync));
        var over = _plant!.Since + _script.End;
        if (over > Time.GetUtcNow()) await Task.Delay(over - Time.GetUtcNow(), Time);
        _arrivals.Take(_subscriber!.Messages);
        // Where nothing is known of the gateway's time, its windows must go on all the same.
        var now = _clock.GatewayNow ?? _arrivals.All.Select(r => r.End).DefaultIfEmpty(MachineClock.Now).Max() + 1_000_000;
        var until = now / 1_000_000 * 1_000_000 + 1_000_000;

        var judge = new Judge(_plant.Plant.Ledger, _arrivals, _clock.PlantTime);
        var complaints = await SettleAsync(judge, until);
        await _box!.StopAsync();
        complaints.AddRange(_box.Complaints.Select(c => "broken: " + c));
        _arrivals.Take(_subscriber!.Messages);
        complaints.AddRange(SampleJudge.Complaints(_plant.Plant, _arrivals, _clock.PlantTime));
        complaints.AddRange(await StoreJudge.ComplaintsAsync(_disk!.StorePath, _arrivals, until));
        if (await _plant.EndAsync() is { } differs) complaints.Add("broken: " + differs);
        return new ChaosResult(_script, complaints, _arrivals, judge.Compared, [.. _box.Lines]) { Kills = _box.Kills, Late = _lateness.Worst, Messages = [.. _subscriber.Messages], Ledger = _plant.Plant.Ledger, Until = until };
    }

    /// <summary>Waits until all is well; what is not after long patience will never be.</summary>
    private async Task<List<string>> SettleAsync(Judge judge, long until)
    {
        var began = Time.GetTimestamp();
        while (true)
        {
            _arrivals.Take(_subscriber!.Messages);
            var complaints = judge.Complaints(until, Outages()).ToList();
            if (_database is not null && complaints.Count == 0) complaints.AddRange(await DatabaseJudge.ComplaintsAsync(_database, _arrivals, until));
            if (complaints.Count == 0 || judge.SawUntruth || Time.GetElapsedTime(began) > Patience || _box!.Ended()) return complaints;
            await Task.Delay(Look, Time);
        }
    }

    private List<Outage> Outages()
    {
        lock (_outages) return [.. _box!.Down.Concat(_outages).Concat(_script.DeviceFaults.Select(Unread).OfType<Outage>()).Where(o => o.IsGap)];
    }

    /// <summary>A fault by which a device, or the whole plant, is not read.</summary>
    private Outage? Unread(ChaosStep step)
    {
        var (from, to) = (Micros(_plant!.Since + step.At), Micros(_plant.Since + step.End));
        return step.Target.Split(' ') switch
        {
            ["drop", ..] => new Outage(null, from, to),
            ["silence" or "exception" or "bad-crc", "workshop" or "line-1" or "line-2", ..] => new Outage(step.Target.Split(' ')[1], from, to),
            _ => null,
        };
    }

    private async Task StartAsync()
    {
        _disk = await StoreDisk.MakeAsync(_script.FillsDisk);
        _broker = await Mosquitto.StartAsync(new MosquittoOptions { Persistent = true });
        _subscriber = await _broker.SubscribeAsync("edgegateway/#");
        if (_script.Database) _database = await InfluxServer.StartAsync();
        _plant = await PlantProcess.StartAsync(_script, _folder.FullName);
        _links["plant"] = new Link(_plant.Port);
        _links["broker"] = new Link(_broker.Port);
        _links["database"] = new Link(_database?.Port ?? 1);
        var map = Path.Combine(_folder.FullName, "plant.yaml");
        var lines = await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "Runs", "plant.yaml"));
        if (_script.Rtu) lines = [.. lines.Select(l => l.Replace("modbus_tcp:", "modbus_rtu_tcp:", StringComparison.Ordinal))];
        await File.WriteAllLinesAsync(map, lines.Where(l => _database is not null || !l.StartsWith("  history:", StringComparison.Ordinal)));
        var environment = new Dictionary<string, string>
        {
            ["STORE"] = _disk.StorePath,
            ["PLANT_PORT"] = _links["plant"].Port.ToString(CultureInfo.InvariantCulture),
            ["BROKER_PORT"] = _links["broker"].Port.ToString(CultureInfo.InvariantCulture),
            ["DATABASE_PORT"] = _links["database"].Port.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in _script.SetsClock ? await _clock.EnvironmentAsync() : new Dictionary<string, string>()) environment[name] = value;
        _box = new GatewayBox(map, environment, _clock) { Launched = _disk.Limit };
        await _box.StartAsync();
    }

    private async Task StepAsync(ChaosStep step)
    {
        var at = _plant!.Since + step.At - Time.GetUtcNow();
        if (at > TimeSpan.Zero) await Task.Delay(at, Time);
        switch (step.Kind)
        {
            case ChaosKind.Kill or ChaosKind.Stop or ChaosKind.Storm:
                await OnGatewayAsync(step);
                break;
            case ChaosKind.Clock:
                _clock.Step(TimeSpan.FromSeconds(double.Parse(step.Target, CultureInfo.InvariantCulture)));
                break;
            case ChaosKind.Word:
                if (ReplacementWord.Of(_script, step, _plant) is { } word) await _box!.SayAsync(word);
                break;
            case ChaosKind.Broker:
                await _broker!.StopAsync();
                await LastsAsync(step);
                await _broker.StartAgainAsync();
                break;
            case ChaosKind.Database:
                await _database!.StopAsync();
                await LastsAsync(step);
                await _database.StartAgainAsync();
                break;
            case ChaosKind.Full:
                _box!.DiskIsFull = true;
                _disk!.Fill(_box.Pid);
                await LastsAsync(step);
                _disk.Free(_box.Pid);
                _box.DiskIsFull = false;
                break;
            default:
                await OnLinkAsync(step);
                break;
        }
    }

    /// <summary>One at a time, however long the one before took.</summary>
    private async Task OnGatewayAsync(ChaosStep step)
    {
        await _turn.WaitAsync();
        try
        {
            if (step.Kind == ChaosKind.Stop) await _box!.StopAsync();
            else if (step.Kind == ChaosKind.Kill) await _box!.KillAsync();
            else await _box!.StormAsync(step.For, new Random(_script.Seed + (int)step.At.TotalMilliseconds));
            if (step.Kind != ChaosKind.Storm) await LastsAsync(step);
            await _box.StartAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task OnLinkAsync(ChaosStep step)
    {
        var (link, from) = (_links[step.Target], MachineClock.Now);
        link.Become(step.Kind switch
        {
            ChaosKind.Cut => LinkState.Cut,
            ChaosKind.Slow => LinkState.Slow,
            _ => LinkState.Still,
        });
        await LastsAsync(step);
        if (step.Target == "plant" && step.Kind != ChaosKind.Slow)
        {
            lock (_outages) _outages.Add(new Outage(null, from, MachineClock.Now));
        }
        link.Become(LinkState.Open);
        if (step.Kind == ChaosKind.HalfOpen) link.Reset();
    }

    private static Task LastsAsync(ChaosStep step) => Task.Delay(step.For, Time);

    private static long Micros(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>A campaign that is broken off leaves no process and no file system behind.</summary>
    private static void EndAll()
    {
        foreach (var run in _playing.Keys) run.DisposeAsync().AsTask().Wait(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_playing.TryRemove(this, out _)) return;
        if (_box is not null) await _box.DisposeAsync();
        foreach (var link in _links.Values) await link.DisposeAsync();
        if (_subscriber is not null) await _subscriber.DisposeAsync();
        if (_broker is not null) await _broker.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
        if (_plant is not null) await _plant.DisposeAsync();
        if (_disk is not null) await _disk.DisposeAsync();
        _lateness.Dispose();
        _clock.Dispose();
        _turn.Dispose();
        _folder.Delete(recursive: true);
    }
}
