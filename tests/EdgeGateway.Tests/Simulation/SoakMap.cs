using System.Globalization;
using System.Text;

namespace EdgeGateway.Tests.Simulation;

/// <summary>A map of a thousand points in ten workshops, all served by the one simulated plant, polled every thirty seconds. Sixteen points of each workshop move; the others stand still, as most registers of a plant do.</summary>
internal static class SoakMap
{
    public const int Workshops = 10, Points = 1000;

    /// <summary>The text of it.</summary>
    /// <param name="keepHours">Age at which samples, records up to 15m and events leave the store.</param>
    public static string Text(int keepHours)
    {
        var (connections, devices, units) = (new StringBuilder(), new StringBuilder(), new StringBuilder());
        for (var w = 0; w < Workshops; w++)
        {
            var n = w.ToString(CultureInfo.InvariantCulture);
            connections.Append($$$"""  plant-{{{n}}}: {modbus_tcp: {host: 127.0.0.1, port: "${env:PLANT_PORT}", timeout: 1s}}""").Append('\n');
            devices.Append(Device($"incoming-{n}", n, 1, "75 kW")).Append("""
                      voltage: {table: input, address: 0x00, type: f32, unit: V}
                      power:   {table: input, address: 0x34, type: f32, unit: W}
                      energy:  {table: input, address: 0x48, type: f32, kind: counter, unit: kWh, resolution: 0.001, modulus: 10000000}

                """).Append(Quiet("input", 0x4A, 31));
            foreach (var (line, table, rated) in new[] { (2, "holding", "50 kW"), (3, "input", "25 kW") })
            {
                devices.Append(Device(string.Create(CultureInfo.InvariantCulture, $"line-{line - 1}-{n}"), n, line, rated)).Append($$"""
                          voltage:   {table: {{table}}, address: 0x00, type: u16, unit: V, resolution: 0.1}
                          power:     {table: {{table}}, address: 0x10, type: f32, unit: W}
                          energy:    {table: {{table}}, address: 0x22, type: u32, kind: counter, unit: kWh, resolution: 0.001, modulus: 1000000000}

                    """).Append(Quiet(table, 0x24, 21));
            }
            devices.Append(Device($"plc-{n}", n, 10, null));
            foreach (var (line, at) in new[] { (1, 0x00), (2, 0x10) })
            {
                devices.Append(CultureInfo.InvariantCulture, $$$"""
                          good-{{{line}}}:  {table: holding, address: {{{at}}}, type: u32, kind: counter, unit: piece, modulus: 4294967296, max_rate: 60/min, update: 100ms}
                          scrap-{{{line}}}: {table: holding, address: {{{at + 2}}}, type: u32, kind: counter, unit: piece, modulus: 4294967296, max_rate: 60/min, update: 100ms}
                          state-{{{line}}}: {table: holding, address: {{{at + 4}}}, type: u16, kind: state, map: {0: stopped, 1: idle, 2: running}}

                    """);
            }
            devices.Append(Quiet("holding", 0x05, 11)).Append("      flag: {table: holding, address: 0x15, type: u16}\n");
            units.Append(CultureInfo.InvariantCulture, $$$"""
                  workshop-{{{n}}}: {electricity: incoming-{{{n}}}.energy, gauges: [incoming-{{{n}}}.power]}
                  line-1-{{{n}}}: {parent: workshop-{{{n}}}, electricity: line-1-{{{n}}}.energy, output: {good: plc-{{{n}}}.good-1, scrap: plc-{{{n}}}.scrap-1}, state: plc-{{{n}}}.state-1, gauges: [line-1-{{{n}}}.power]}
                  line-2-{{{n}}}: {parent: workshop-{{{n}}}, electricity: line-2-{{{n}}}.energy, output: {good: plc-{{{n}}}.good-2, scrap: plc-{{{n}}}.scrap-2}, state: plc-{{{n}}}.state-2, gauges: [line-2-{{{n}}}.power]}

                """);
        }
        return string.Create(CultureInfo.InvariantCulture, $$"""
            gateway: {id: soak}
            store: {commit: 10s, keep_samples: {{keepHours}}h, keep_minutes: {{keepHours}}h, keep_quarters: {{keepHours}}h, keep_events: {{keepHours}}h}
            connections:
            {{connections}}devices:
            {{devices}}units:
            {{units}}metering: {base: 1m, windows: [15m]}

            """);
    }

    private static string Device(string name, string workshop, int unit, string? rated) => string.Create(CultureInfo.InvariantCulture, $"""
          {name}:
            connection: plant-{workshop}
            unit_id: {unit}
            {(rated is null ? "read_over: 124" : $"rated_power: {rated}")}
            poll: 30s
            points:

        """);

    private static string Quiet(string table, int address, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"      quiet-{i}: {{table: {table}, address: {address + i}, type: u16}}\n")));
}
