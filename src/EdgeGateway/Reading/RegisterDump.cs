using System.Globalization;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Sources;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Reading;

/// <summary>Reads a stretch of registers of a device one by one, over its real driver, and writes them as a map's skeleton.</summary>
/// <param name="map">The map that knows the device and its connection.</param>
/// <param name="device">Name of the device.</param>
/// <param name="table">Table as maps write it: <c>holding</c>, <c>input</c>, <c>coil</c> or <c>discrete</c>.</param>
/// <param name="first">First address, from 0.</param>
/// <param name="count">How many.</param>
internal sealed class RegisterDump(LoadedMap map, string device, string table, int first, int count)
{
    private static readonly string[] Followers = ["f32", "u32"];

    /// <summary>The map by which they are read: the device and its connection as they are written, with a point for every register.</summary>
    public MapOutcome Trial()
    {
        var root = (MapTable)MapReader.Read("map", map.Text, new FaultList())!;
        var known = map.Plant.Devices.First(d => d.Name == device);
        var written = (MapTable)((MapTable)root.Find(MapOptions.Map.Devices.Key)!).Find(device)!;
        // What the map language itself has for a device is of its points; what its driver has, of how it is asked.
        var kept = written.Entries.Where(e => e.Key.Value == MapOptions.Device.Connection.Key || MapOptions.Device.Table.Find(e.Key.Value) is null);
        var bits = table is "coil" or "discrete";
        var points = Enumerable.Range(first, count).Select(a => Entry(Name(a), Table(
            Entry("table", Text(table)), Entry("address", Text(a.ToString(CultureInfo.InvariantCulture))), Entry("type", Text(bits ? "bool" : "u16")))));
        var connections = (MapTable)root.Find(MapOptions.Map.Connections.Key)!;
        var trial = Table(
            Entry(MapOptions.Map.Gateway.Key, Table(Entry(MapOptions.Gateway.Id.Key, Text("dump")))),
            Entry(MapOptions.Map.Connections.Key, Table(Entry(known.Connection, connections.Find(known.Connection)!))),
            Entry(MapOptions.Map.Devices.Key, Table(Entry(device, Table([.. kept, Entry(MapOptions.Device.Points.Key, Table([.. points]))])))));
        return MapFile.ReadTrial(MapWriter.Write(trial), map);
    }

    /// <summary>The skeleton, a line a register; those that did not answer are comments.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(LoadedMap trial, TimeSpan limit, TimeProvider time, ILoggerFactory log, CancellationToken cancellationToken)
    {
        var read = await PlantReading.ReadAsync(trial, limit, time, log, cancellationToken);
        var values = read.Select(p => p.Good ? ushort.Parse(p.Value is "true" ? "1" : p.Value is "false" ? "0" : p.Value, CultureInfo.InvariantCulture) : (ushort?)null).ToArray();
        var lines = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"# Registers of device '{device}', table {table}, 0x{first:X4} to 0x{first + count - 1:X4}: {values.Count(v => v is not null)} of {count} answered."),
            "# Keep what you recognise, name it, and write its type, unit and resolution; take the rest away. 'edgegateway decode' shows a value under every type and word order.",
            "devices:", $"  {device}:", "    points:",
        };
        for (var i = 0; i < count; i++)
        {
            var address = first + i;
            lines.Add(values[i] is { } value
                ? string.Create(CultureInfo.InvariantCulture, $"      {Name(address)}: {{table: {table}, address: 0x{address:X4}, type: {(table is "coil" or "discrete" ? "bool" : "u16")}}}    # {value} (0x{value:X4}){With(values, i)}")
                : string.Create(CultureInfo.InvariantCulture, $"      # 0x{address:X4}: {read[i].Quality}"));
        }
        return lines;
    }

    /// <summary>What the register and the next may be together.</summary>
    private string With(ushort?[] values, int at)
    {
        if (table is "coil" or "discrete" || at + 1 == values.Length || values[at + 1] is not { } next || (values[at] == 0 && next == 0)) return "";
        var pair = values[at]!.Value;
        var readings = RegisterReadings.Of([(byte)(pair >> 8), (byte)pair, (byte)(next >> 8), (byte)next])
            .Where(r => r.Plausible && Followers.Contains(r.Type) && r.Order is ("ABCD" or "CDAB")).ToList();
        return readings.Count == 0 ? "" : "; with the next " + string.Join(", ", readings.Select(r => $"{r.Type} {r.Order} {r.Value}"));
    }

    private static string Name(int address) => string.Create(CultureInfo.InvariantCulture, $"r{address:X4}");

    private static MapText Text(string value) => new(default, value, true);

    private static MapTable Table(params MapEntry[] entries) => new(default, entries);

    private static MapEntry Entry(string key, MapNode value) => new(Text(key), value);
}
