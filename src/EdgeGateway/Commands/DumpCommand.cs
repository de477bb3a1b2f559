using System.CommandLine;
using System.Globalization;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Faults;
using EdgeGateway.Logs;
using EdgeGateway.Reading;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Commands;

/// <summary><c>dump</c>: a stretch of a device's registers as a map's skeleton.</summary>
internal static class DumpCommand
{
    private const int MostRegisters = 1000;

    public static Command Create()
    {
        var map = MapArgument.Create();
        var device = new Argument<string>("device") { Description = "The device; its connection and its driver's options are taken from the map, its points are not." };
        var table = new System.CommandLine.Option<string>("--table") { Description = "holding, input, coil or discrete.", DefaultValueFactory = _ => "holding" };
        table.AcceptOnlyFromAmong("holding", "input", "coil", "discrete");
        var address = new System.CommandLine.Option<string>("--address") { Description = "First address, counted from 0, decimal or 0x.", DefaultValueFactory = _ => "0" };
        var count = new System.CommandLine.Option<int>("--count") { Description = "How many registers, 1 to 1000.", DefaultValueFactory = _ => 50 };
        var limit = new System.CommandLine.Option<string>("--timeout") { Description = "How long to wait for all answers.", DefaultValueFactory = _ => "30s" };
        var command = new Command("dump", "Read a stretch of registers of a Modbus device one by one and print them as a map's skeleton, which may be laid over the map. Only reads.") { map, device, table, address, count, limit };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (!Durations.TryParse(parsed.GetValue(limit), out var wait) || wait <= TimeSpan.Zero) return Wrong("--timeout: expected a duration such as 30s.");
            if (Address(parsed.GetValue(address)!) is not { } first) return Wrong("--address: expected 0 to 65535, decimal or 0x.");
            var many = parsed.GetValue(count);
            if (many is < 1 or > MostRegisters || first + many > 65_536) return Wrong("--count: expected 1 to 1000 registers, none behind address 65535.");
            if (MapArgument.Load(parsed.GetRequiredValue(map)) is not { } loaded) return ExitCode.Faults;
            var name = parsed.GetRequiredValue(device);
            if (loaded.Plant.Devices.All(d => d.Name != name)) return Wrong($"There is no device '{name}'{Spelling.Ending(name, loaded.Plant.Devices.Select(d => d.Name))}");
            var dump = new RegisterDump(loaded, name, parsed.GetValue(table)!, first, many);
            var trial = dump.Trial();
            if (trial.Map is null)
            {
                foreach (var line in new FaultText(LanguageOption.OfSurroundings()).Lines(trial)) Console.Error.WriteLine(line);
                return Wrong($"The registers of '{name}' cannot be dumped so: only Modbus devices have registers.");
            }
            using var log = LoggerFactory.Create(b => b.SetMinimumLevel(LogLevel.Error).AddProvider(new LogTargets(TimeProvider.System, new TextLines(Console.Error))));
            foreach (var line in await dump.ReadAsync(trial.Map, wait, TimeProvider.System, log, cancellationToken)) Console.WriteLine(line);
            return ExitCode.Done;
        });
        return command;
    }

    private static int? Address(string text)
    {
        var hexadecimal = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var ok = hexadecimal ? int.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        return ok && value is >= 0 and <= 65_535 ? value : null;
    }

    private static int Wrong(string message)
    {
        Console.Error.WriteLine(message);
        return ExitCode.Usage;
    }
}
