using System.Globalization;
using EdgeGateway.FirmwareSim.Faults;
using EdgeGateway.FirmwareSim.Profiles;

namespace EdgeGateway.FirmwareSim.Host;

/// <summary>The command line. Immutable.</summary>
internal sealed record HostOptions
{
    public const string Help = """
        usage: EdgeGateway.FirmwareSim.Host [options]

        Runs a simulated workshop behind Modbus TCP on loopback, in real time, until SIGINT or SIGTERM; then prints the ledger of what really happened as JSON.

          --map              print the register map and end
          --port N           port to listen on; default: a free one
          --port-per-device  a port for each device, from --port on
          --rtu              RTU frames over TCP, as serial servers carry them, instead of Modbus TCP
          --profile NAME     demo (default) or day
          --seed N           which of its lives the plant leads; default 1
          --faults FILE      what goes wrong: one fault a line, as 'at 00:00:20 reset line-1 energy'
          --for SPAN         end after 800ms, 20s, 1.5m, 2h; default: never
          --window SPAN      length of the ledger's windows; default 1m, 0s for none
          --ledger FILE      write the ledger there instead of to standard output
          --help             print this

        exit codes: 0 done, 1 could not run, 2 wrong options or fault script
        """;

    public bool ShowHelp { get; init; }

    public bool ShowMap { get; init; }

    public int Port { get; init; }

    public bool PortPerDevice { get; init; }

    public bool Rtu { get; init; }

    public PlantProfile Profile { get; init; } = PlantProfile.Demo;

    public ulong Seed { get; init; } = 1;

    public string? FaultFile { get; init; }

    public TimeSpan? Duration { get; init; }

    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(1);

    public string? LedgerFile { get; init; }

    /// <summary>Reads the arguments; the error, if any, is for people.</summary>
    public static (HostOptions? Options, string? Error) Read(string[] arguments)
    {
        var options = new HostOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            var key = arguments[i];
            switch (key)
            {
                case "--help" or "-h":
                    options = options with { ShowHelp = true };
                    continue;
                case "--map":
                    options = options with { ShowMap = true };
                    continue;
                case "--rtu":
                    options = options with { Rtu = true };
                    continue;
                case "--port-per-device":
                    options = options with { PortPerDevice = true };
                    continue;
            }

            if (i + 1 == arguments.Length || Take(options, key, arguments[i + 1]) is not { } taken) return (null, Explain(key, i + 1 == arguments.Length ? null : arguments[i + 1]));
            options = taken;
            i++;
        }

        return (options, null);
    }

    private static HostOptions? Take(HostOptions options, string key, string value) => key switch
    {
        "--port" when ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) => options with { Port = port },
        "--seed" when ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) => options with { Seed = seed },
        "--profile" when PlantProfile.Presets.FirstOrDefault(p => p.Name == value) is { } profile => options with { Profile = profile },
        "--faults" => options with { FaultFile = value },
        "--for" when FaultTime.TrySpan(value, out var span) => options with { Duration = span },
        "--window" when FaultTime.TrySpan(value, out var span) => options with { Window = span },
        "--ledger" => options with { LedgerFile = value },
        _ => null,
    };

    private static string Explain(string key, string? value)
    {
        string[] keys = ["--port", "--seed", "--profile", "--faults", "--for", "--window", "--ledger"];
        if (!keys.Contains(key)) return $"unknown option '{key}'; --help lists them";
        return value is null ? $"'{key}' needs a value" : $"'{value}' does not fit '{key}'; --help shows how it is written";
    }
}
