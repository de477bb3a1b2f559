using System.Globalization;
using System.Text;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.PointTables;

/// <summary>Points as a table: a row each; columns are <c>device</c>, <c>point</c>, and the options of points by their keys or Chinese names.</summary>
internal static class PointTable
{
    private const string Device = "device", Point = "point";

    private static readonly Dictionary<string, string> Chinese = new(StringComparer.Ordinal)
    {
        ["设备"] = Device, ["测点"] = Point, ["点名"] = Point, ["名称"] = Point, ["地址"] = "address", ["寄存器地址"] = "address", ["数据类型"] = "type", ["类型"] = "type", ["单位"] = "unit",
        ["分辨率"] = "resolution", ["倍率"] = "resolution", ["变比"] = "ratio", ["种类"] = "kind", ["字序"] = "order", ["字节序"] = "order", ["寄存器表"] = "table", ["无效值"] = "sentinel",
        ["最大速率"] = "max_rate", ["额定功率"] = "rated_power", ["周期"] = "poll", ["轮询周期"] = "poll", ["模数"] = "modulus", ["状态表"] = "map",
    };

    /// <summary>The points of an effective map as a table, in the order of the map.</summary>
    public static string Export(MapTable map, IReadOnlyList<DriverSchema> drivers)
    {
        var rows = new List<(string Device, string Point, MapTable Options)>();
        foreach (var device in (map.Find(MapOptions.Map.Devices.Key) as MapTable)?.Entries ?? [])
        {
            foreach (var point in ((device.Value as MapTable)?.Find(MapOptions.Device.Points.Key) as MapTable)?.Entries ?? [])
            {
                if (point.Value is MapTable options) rows.Add((device.Key.Value, point.Key.Value, options));
            }
        }
        var keys = Keys(drivers).Where(k => rows.Any(r => r.Options.Find(k) is not null)).ToList();
        var text = new StringBuilder(CsvText.Row([Device, Point, .. keys]));
        foreach (var row in rows) text.Append(CsvText.Row([row.Device, row.Point, .. keys.Select(k => Cell(row.Options.Find(k)))]));
        return text.ToString();
    }

    /// <summary>A part of a map from a table: <c>devices</c> with their points. Devices have their connection and the rest elsewhere, in a text that this one is laid over or under.</summary>
    /// <param name="file">Name for places.</param>
    /// <param name="text">The table.</param>
    /// <param name="device">The device, where the table has no column for it.</param>
    /// <param name="connection">Written below every device where it is given.</param>
    /// <param name="drivers">Drivers whose options columns may be called after.</param>
    /// <param name="faults">Receives every fault with its line; the column is that of the table.</param>
    public static string Import(string file, string text, string? device, string? connection, IReadOnlyList<DriverSchema> drivers, FaultList faults)
    {
        if (CsvText.Parse(text) is not { Count: > 0 } rows)
        {
            faults.Add(new Mark(file, 1, 1), "The table is empty, or a quote in it is never closed.");
            return "";
        }
        var known = Keys(drivers).Append(Device).Append(Point).ToHashSet(StringComparer.Ordinal);
        var columns = rows[0].Cells.Select(c => Chinese.GetValueOrDefault(c, c.ToLowerInvariant())).ToList();
        for (var i = 0; i < columns.Count; i++)
        {
            var mark = new Mark(file, rows[0].Line, i + 1);
            // Remarks and the like have no place in a map; a misspelt option would silently be lost, so it is named.
            if (columns[i].Length > 0 && !known.Contains(columns[i])) faults.Warn(mark, $"The column '{rows[0].Cells[i]}' is passed over{Spelling.Hint(columns[i], known)}");
            else if (columns[i].Length > 0 && columns.IndexOf(columns[i]) < i) faults.Add(mark, $"The column '{columns[i]}' stands twice.");
        }
        var (deviceAt, pointAt) = (columns.IndexOf(Device), columns.IndexOf(Point));
        if (pointAt < 0) faults.Add(new Mark(file, rows[0].Line, 1), "There is no column 'point' (测点): the first row must hold the names of the columns.");
        if (deviceAt < 0 && device is null) faults.Add(new Mark(file, rows[0].Line, 1), "There is no column 'device' (设备): add it, or name the device with --device.");
        if (!faults.IsEmpty) return "";
        var devices = new OrderedDictionary<string, OrderedDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var (line, cells) in rows.Skip(1))
        {
            string At(int column) => column >= 0 && column < cells.Count ? cells[column] : "";
            var name = deviceAt >= 0 ? At(deviceAt) : device!;
            foreach (var (what, word, at) in new[] { (Device, name, deviceAt), (Point, At(pointAt), pointAt) })
            {
                if (MapNames.Wrong(word) is { } wrong) faults.Add(new Mark(file, line, Math.Max(at, 0) + 1), $"{what}: {wrong}");
            }
            var options = Enumerable.Range(0, columns.Count).Where(i => columns[i] is not (Device or Point) && known.Contains(columns[i]) && At(i).Length > 0).Select(i => $"{columns[i]}: {Value(columns[i], At(i))}");
            if (!devices.TryGetValue(name, out var points)) devices[name] = points = new(StringComparer.Ordinal);
            if (!points.TryAdd(At(pointAt), string.Join(", ", options))) faults.Add(new Mark(file, line, pointAt + 1), $"The point '{name}.{At(pointAt)}' stands twice.");
        }
        return Write(devices, connection);
    }

    private static string Write(OrderedDictionary<string, OrderedDictionary<string, string>> devices, string? connection)
    {
        var part = new StringBuilder("devices:\n");
        foreach (var (name, points) in devices)
        {
            part.Append(CultureInfo.InvariantCulture, $"  {name}:\n{(connection is null ? "" : $"    connection: {connection}\n")}    points:\n");
            foreach (var (point, options) in points) part.Append(CultureInfo.InvariantCulture, $"      {point}: {{{options}}}\n");
        }
        return part.ToString();
    }

    private static IReadOnlyList<string> Keys(IReadOnlyList<DriverSchema> drivers) => [.. MapOptions.Point.Table.Items.Concat(drivers.SelectMany(d => d.Point.Items)).Select(o => o.Key).Distinct()];

    private static string Cell(MapNode? node) => node switch
    {
        MapText text => text.Value,
        MapTable table => string.Join("; ", table.Entries.Select(e => $"{e.Key.Value}: {Cell(e.Value)}")),
        MapList list => string.Join("; ", list.Items.Select(Cell)),
        _ => "",
    };

    private static string Value(string key, string cell)
    {
        if (key == MapOptions.Point.Map.Key) return "{" + string.Join(", ", cell.Split(';', '；').Select(p => p.Trim().Replace("：", ": ", StringComparison.Ordinal))) + "}";
        return "\"" + cell.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings(" ") + "\"";
    }
}
