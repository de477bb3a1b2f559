using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EdgeGateway.Composition;
using EdgeGateway.Demo;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.FirmwareSim.Plants;
using EdgeGateway.FirmwareSim.Profiles;
using EdgeGateway.FirmwareSim.Serving;
using EdgeGateway.Logs;
using EdgeGateway.Pipeline.Time;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace EdgeGateway.Commands;

/// <summary><c>demo</c>: the whole job on a simulated plant, with nothing to install or configure.</summary>
internal static class DemoCommand
{
    private const ulong Seed = 20_261_124;

    public static Command Create()
    {
        var limit = new System.CommandLine.Option<string?>("--for") { Description = "End by itself after this time, such as 20s." };
        var verbose = new System.CommandLine.Option<bool>("--verbose", "-v") { Description = "Show the gateway's log on standard error." };
        var page = new System.CommandLine.Option<int?>("--page") { Description = "Port of the page on 127.0.0.1; by default 8080, or a free one where that is taken." };
        var command = new Command("demo", "Show the whole job on a simulated workshop: three meters and a PLC over Modbus TCP, metering, a store in a temporary folder, an MQTT broker inside.") { limit, verbose, page };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var wait = Timeout.InfiniteTimeSpan;
            if (parsed.GetValue(limit) is { } text && (!Durations.TryParse(text, out wait) || wait <= TimeSpan.Zero))
            {
                Console.Error.WriteLine("--for: expected a duration such as 20s or 2min.");
                return ExitCode.Usage;
            }
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            if (wait != Timeout.InfiniteTimeSpan) ending.CancelAfter(wait);
            return await RunAsync(parsed.GetValue(verbose), parsed.GetValue(page), ending.Token);
        });
        return command;
    }

    private static async Task<int> RunAsync(bool verbose, int? page, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var folder = Directory.CreateTempSubdirectory("edgegateway-demo-");
        try
        {
            var simulated = new Plant(PlantProfile.Demo, Seed, time.GetUtcNow());
            await using var plant = PlantServer.Start(simulated);
            await using var broker = await DemoBroker.StartAsync(FreePort());
            var ports = new Dictionary<string, string>
            {
                ["DEMO_PLANT_PORT"] = plant.PortOf("plc").ToString(CultureInfo.InvariantCulture),
                ["DEMO_BROKER_PORT"] = broker.Port.ToString(CultureInfo.InvariantCulture),
                ["DEMO_PAGE_PORT"] = PagePort(page).ToString(CultureInfo.InvariantCulture),
            };
            using var log = LoggerFactory.Create(b => b.SetMinimumLevel(verbose ? LogLevel.Information : LogLevel.Warning).AddFilter("Microsoft", LogLevel.Warning).AddProvider(new LogTargets(time, new TextLines(Console.Error))));
            if (verbose) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The plant began at {simulated.StartMicros} µs UTC with seed {Seed}: what truly happens in it follows from these."));
            return await ShowAsync(broker, new GatewayOptions
            {
                Map = DemoMap.Load(folder.FullName, ports.GetValueOrDefault),
                Time = time,
                ClockSource = new KernelClock(),
                Log = log,
            }, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> ShowAsync(DemoBroker broker, GatewayOptions options, CancellationToken cancellationToken)
    {
        await using var gateway = Gateway.Open(options);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var page = GatewayPage.Open(gateway, options);
        var running = gateway.RunAsync(ending.Token);
        var terminal = !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Interactive;
        var showing = new DemoScreen(gateway, broker, page, options.Time).ShowAsync(terminal, ending.Token);
        await Task.WhenAny(running, showing);
        await ending.CancelAsync();
        await showing;
        await running;
        return ExitCode.Done;
    }

    /// <summary>The port that was asked for; else the usual one, so that the address can be remembered, or a free one where it is taken.</summary>
    private static int PagePort(int? asked)
    {
        const int usual = 8080;
        if (asked is { } port) return port;
        try
        {
            return FreePort(usual);
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    private static int FreePort(int wanted = 0)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, wanted));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
