using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using EdgeGateway.FirmwareSim.Faults;
using EdgeGateway.FirmwareSim.Host;
using EdgeGateway.FirmwareSim.Ledgers;
using EdgeGateway.FirmwareSim.Plants;
using EdgeGateway.FirmwareSim.Registers;
using EdgeGateway.FirmwareSim.Serving;

const int Done = 0, CouldNotRun = 1, Wrong = 2;

var (options, error) = HostOptions.Read(args);
if (options is null)
{
    await Console.Error.WriteLineAsync(error);
    return Wrong;
}

if (options.ShowHelp || options.ShowMap)
{
    await Console.Out.WriteLineAsync(options.ShowHelp ? HostOptions.Help : RegisterMap.Text());
    return Done;
}

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    var script = options.FaultFile is null ? FaultScript.None : FaultScript.Parse(await File.ReadAllTextAsync(options.FaultFile));
    var plant = new Plant(options.Profile, options.Seed, TimeProvider.System.GetUtcNow(), script);
    await using var server = PlantServer.Start(plant, new PlantServerOptions { Port = options.Port, PortPerDevice = options.PortPerDevice, Rtu = options.Rtu });
    foreach (var device in RegisterMap.Devices)
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{device.Name} 127.0.0.1:{server.PortOf(device.Name)} unit {device.UnitId}"));
    var since = DateTimeOffset.UnixEpoch.AddMicroseconds(plant.StartMicros);
    await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"running: profile {plant.Profile.Name}, seed {plant.Seed}, since {since:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}"));
    await WaitAsync();

    var end = server.NowMicros;
    await using var output = options.LedgerFile is null ? Console.OpenStandardOutput() : File.Create(options.LedgerFile);
    LedgerJson.Write(output, plant, end, options.Window.Ticks / TimeSpan.TicksPerMicrosecond);
    output.Write("\n"u8);
    return Done;
}
catch (FaultScriptException e)
{
    foreach (var line in e.Errors) await Console.Error.WriteLineAsync($"{options.FaultFile}: {line}");
    return Wrong;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException or ArgumentOutOfRangeException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return CouldNotRun;
}

async Task WaitAsync()
{
    try
    {
        await Task.Delay(options.Duration ?? Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token);
    }
    catch (OperationCanceledException)
    {
        // Asked to end.
    }
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
