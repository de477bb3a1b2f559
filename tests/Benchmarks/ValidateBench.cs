using System.Globalization;
using System.Text;
using EdgeGateway.DeviceMaps.Binding;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Drivers.Modbus;
using YamlDotNet.Core;

namespace EdgeGateway.Benchmarks;

/// <summary>A large map from text to a validated plant, beside a bare walk over the same text with the YAML parser.</summary>
internal static class ValidateBench
{
    private const int Devices = 500, Points = 10;

    public static IEnumerable<string> Run()
    {
        var text = Map();
        var drivers = new[] { new ModbusTcpDriver().Schema };
        PlantReading Read()
        {
            var reading = PlantReader.Read("map", text, drivers, [], _ => null, _ => null);
            return reading.Faults.Count == 0 ? reading : throw new InvalidOperationException(reading.Faults[0].ToString());
        }

        var pairs = InterleavedPairs.Measure(
            () => Figure.NanosecondsEach(1_000_000, () => Read()),
            () => Figure.NanosecondsEach(1_000_000, () => Parse(text)), pairs: 7);
        yield return pairs.Line($"validate_{Devices * Points}_points_{Devices}_units", "ms", "yaml_parse");
        yield return Figure.Line("validate_allocated", Figure.BytesEach(1_000_000, () => Read()), "MB");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var held = Read();
        yield return Figure.Line("validate_plant_held", (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6, "MB");
        yield return Figure.Line("validate_text", text.Length / 1e6, "MB");
        GC.KeepAlive(held);
    }

    private static void Parse(string text)
    {
        var parser = new Parser(new StringReader(text));
        while (parser.MoveNext())
        {
        }
    }

    private static string Map()
    {
        var map = new StringBuilder("gateway: {id: bench}\nconnections: {net: {modbus_tcp: {host: h}}}\ndevices:\n");
        for (var d = 0; d < Devices; d++)
        {
            map.Append(CultureInfo.InvariantCulture, $"  meter-{d}:\n    connection: net\n    unit_id: {1 + (d % 247)}\n    rated_power: 75 kW\n    points:\n");
            map.Append("      energy: {address: 0x48, type: u32, kind: counter, unit: kWh, resolution: 0.01, modulus: 4294967296}\n");
            for (var p = 1; p < Points; p++) map.Append(CultureInfo.InvariantCulture, $"      gauge-{p}: {{table: input, address: {p * 2}, type: f32, unit: W}}\n");
        }
        map.Append("units:\n  site: {}\n");
        for (var d = 1; d < Devices; d++) map.Append(CultureInfo.InvariantCulture, $"  unit-{d}: {{parent: {(d < 20 ? "site" : $"unit-{d % 19 + 1}")}, electricity: meter-{d}.energy, gauges: [meter-{d}.gauge-1]}}\n");
        return map.ToString();
    }
}
