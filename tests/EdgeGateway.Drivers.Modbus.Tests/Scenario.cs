using System.Globalization;
using System.Text.RegularExpressions;
using EdgeGateway.DeviceMaps.Binding;
using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.Modbus.Tests;

/// <summary>
/// One folder of testcases: <c>map.yaml</c>, and <c>script.txt</c> with a deed or a check a line, done in order. Words in braces stand for ports and paths of what was started.
/// <code>
/// peer NAME script.py ARGUMENTS…        starts a peer; {NAME} is the port it prints
/// pty NAME                              two wired serial ports: {NAME} ours, {NAME.far} the peer's
/// port NAME                             a free port; a peer that is given it is waited for
/// run                                   reads the map and starts its connections
/// faults TEXT                           reads the map, which has this fault
/// unplug NAME / replug NAME             of a pty
/// until WHAT COMPARISON NUMBER          waits; WHAT as for check
/// check WHAT COMPARISON NUMBER          connection.answers|connects|stray|foreign|skipped, device.timeouts|exceptions|malformed|twins, device.point.QUALITY (samples)
/// all device.point QUALITY [VALUE]      every sample; with a value: every sample that has one
/// asked PEER REQUEST COMPARISON NUMBER  requests in the peer's log that begin so; _ stands for a space
/// between PEER A B NUMBER               at least so many requests B between any two requests A of the peer's log
/// log TEXT                              exactly one line of the gateway's log holds it
/// stop                                  ends the connections
/// </code>
/// </summary>
internal sealed class Scenario(string folder) : IAsyncDisposable
{
    private readonly Dictionary<string, string> _words = [];
    private readonly Dictionary<string, PeerProcess> _peers = [];
    private readonly Dictionary<string, PtyPair> _ptys = [];
    private readonly Dictionary<string, RunningBus> _buses = [];
    private readonly Dictionary<string, DeviceHealth> _devices = [];
    private readonly Dictionary<string, int> _slots = [];
    private readonly Collected _sink = new();
    private readonly KeptLog _log = new();

    public async Task RunAsync()
    {
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(folder, "script.txt")))
        {
            if (line.Length == 0 || line[0] == '#') continue;
            try
            {
                await DoAsync(line, line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                var last = string.Join('\n', _log.Lines.TakeLast(10).Concat(_peers.Values.SelectMany(p => p.Lines.TakeLast(10))));
                throw new InvalidOperationException($"{Path.GetFileName(folder)}: '{line}': {e.Message}\n{last}", e);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var bus in _buses.Values) await bus.DisposeAsync();
        foreach (var peer in _peers.Values) await peer.DisposeAsync();
        foreach (var pty in _ptys.Values) await pty.DisposeAsync();
    }

    private async Task DoAsync(string line, string[] words)
    {
        switch (words[0])
        {
            case "peer":
                await StartAsync(words[1], words[2], [.. words[3..].Select(Fill)]);
                break;
            case "pty":
                var pty = _ptys[words[1]] = await PtyPair.StartAsync();
                (_words[words[1]], _words[words[1] + ".far"]) = (pty.Master, pty.Devices);
                break;
            case "port":
                _words[words[1]] = FreePort.Next().ToString(CultureInfo.InvariantCulture);
                break;
            case "run":
                Run();
                break;
            case "faults":
                Assert.Contains(Read().Faults, f => f.Message.Contains(Rest(line, 1), StringComparison.Ordinal));
                break;
            case "unplug":
                await _ptys[words[1]].UnplugAsync();
                break;
            case "replug":
                await _ptys[words[1]].ReplugAsync();
                break;
            case "until":
                await Until.TrueAsync(() => Holds(Count(words[1]), words[2], words[3]), "this");
                break;
            case "check":
                Assert.True(Holds(Count(words[1]), words[2], words[3]), $"it is {Count(words[1])}");
                break;
            case "all":
                All(words);
                break;
            case "asked":
                var asked = Requests(words[1]).Count(r => r.StartsWith(words[2].Replace('_', ' '), StringComparison.Ordinal));
                Assert.True(Holds(asked, words[3], words[4]), $"asked {asked} times");
                break;
            case "between":
                Between(Requests(words[1]), words[2].Replace('_', ' '), words[3].Replace('_', ' '), Number(words[4]));
                break;
            case "log":
                Assert.Single(_log.Lines, l => l.Contains(Rest(line, 1), StringComparison.Ordinal));
                break;
            case "stop":
                foreach (var bus in _buses.Values) await bus.StopAsync();
                break;
            default:
                Assert.Fail("no such word");
                break;
        }
    }

    private async Task StartAsync(string name, string script, string[] arguments)
    {
        // One that was started before gives way to the new one.
        if (_peers.Remove(name, out var old)) await old.DisposeAsync();
        var peer = _peers[name] = Peer.Start(script, arguments);
        if (arguments.FirstOrDefault(a => _words.Any(w => w.Value == a && int.TryParse(a, out _))) is { } port)
        {
            await peer.ListensAsync(Number(port));
            return;
        }
        await peer.SaysAsync("port ");
        _words[name] = peer.Lines.First(l => l.StartsWith("port ", StringComparison.Ordinal))["port ".Length..];
    }

    private PlantReading Read() => PlantReader.Read("map.yaml", Fill(File.ReadAllText(Path.Combine(folder, "map.yaml"))), [.. Drivers().Values.Select(d => d.Schema)], [], _ => null, _ => null);

    private void Run()
    {
        var read = Read();
        Assert.Empty(read.Faults);
        var plant = PlantCompiler.Compile(read.Plant!, paths => [.. paths.Select((_, i) => i)], names => [.. names.Select((_, i) => i)]);
        var (drivers, services) = (Drivers(), _sink.Services(log: _log));
        foreach (var plan in plant.Buses)
        {
            var bus = _buses[plan.Connection.Name] = new RunningBus(plan, _sink, driver: drivers[plan.Connection.Driver], services: services);
            foreach (var device in bus.Health.Devices) _devices[device.Name] = device;
            foreach (var point in plan.Devices.SelectMany(d => d.Points)) _slots[point.Map.Path] = point.Slot;
        }
    }

    private static Dictionary<string, ModbusDriver> Drivers() =>
        new ModbusDriver[] { new ModbusTcpDriver(), new ModbusRtuTcpDriver(), new ModbusUdpDriver(), new ModbusDtuDriver(), new ModbusRtuDriver(), new ModbusAsciiDriver() }.ToDictionary(d => d.Schema.Key);

    private long Count(string what)
    {
        var parts = what.Split('.');
        if (parts.Length == 3) return _sink.Of(_slots[$"{parts[0]}.{parts[1]}"]).Count(s => s.Quality == Enum.Parse<Quality>(parts[2]));
        return parts[1] switch
        {
            "answers" => _buses[parts[0]].Health.Responses,
            "connects" => _buses[parts[0]].Health.Connects,
            "stray" => _buses[parts[0]].Health.StrayFrames,
            "foreign" => _buses[parts[0]].Health.ForeignFrames,
            "skipped" => _buses[parts[0]].Health.SkippedCycles,
            "timeouts" => _devices[parts[0]].Timeouts,
            "exceptions" => _devices[parts[0]].Exceptions,
            "malformed" => _devices[parts[0]].Malformed,
            "twins" => _devices[parts[0]].SecondAnswers,
            _ => throw new InvalidOperationException($"nothing is called {parts[1]}"),
        };
    }

    private void All(string[] words)
    {
        var samples = _sink.Of(_slots[words[1]]);
        var quality = Enum.Parse<Quality>(words[2]);
        Assert.NotEmpty(samples);
        if (words.Length == 3) Assert.All(samples, s => Assert.Equal(quality, s.Quality));
        else Assert.All(samples.Where(s => s.Quality == quality), s => Assert.Equal(double.Parse(words[3], CultureInfo.InvariantCulture), s.Number));
        Assert.Contains(samples, s => s.Quality == quality);
    }

    private string[] Requests(string peer) => [.. _peers[peer].Lines.Select(l => l.StartsWith("asked ", StringComparison.Ordinal) ? l["asked ".Length..] : l).Where(l => Regex.IsMatch(l, @"^\d+ \d+ \d+ \d+$"))];

    private static void Between(string[] requests, string first, string second, int least)
    {
        var (count, begun, seen) = (0, false, false);
        foreach (var request in requests)
        {
            if (request.StartsWith(second, StringComparison.Ordinal)) count++;
            if (!request.StartsWith(first, StringComparison.Ordinal)) continue;
            if (begun)
            {
                seen = true;
                Assert.True(count >= least, $"only {count} between two");
            }
            (begun, count) = (true, 0);
        }
        Assert.True(seen, "no two of them");
    }

    private string Fill(string text) => Regex.Replace(text, @"\{([a-z.]+)\}", m => _words.GetValueOrDefault(m.Groups[1].Value, m.Value));

    private static bool Holds(long value, string comparison, string number) => comparison switch
    {
        ">=" => value >= Number(number),
        "<=" => value <= Number(number),
        _ => value == Number(number),
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Rest(string line, int words) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[words..]);
}
