using System.Globalization;
using System.Text;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.PointTables;

/// <summary>Points as a table: a row each; columns are <c>device</c>, <c>point</c>, and the options of devices and points by their keys or Chinese names.</summary>
internal static class PointTable
{
    private const string Device = "device", Point = "point", Ambiguous = "倍率";

    /// <summary>The points of an effective map as a table, in the order of the map.</summary>
    public static string Export(MapTable map, IReadOnlyList<DriverSchema> drivers)
    {
        var rows = new List<(string Device, string Point, MapTable Of, MapTable Options)>();
        foreach (var device in (map.Find(MapOptions.Map.Devices.Key) as MapTable)?.Entries ?? [])
        {
            if (device.Value is not MapTable of) continue;
            foreach (var point in (of.Find(MapOptions.Device.Points.Key) as MapTable)?.Entries ?? [])
            {
                if (point.Value is MapTable options) rows.Add((device.Key.Value, point.Key.Value, of, options));
            }
        }
        var columns = PointColumn.All(drivers).Where(c => rows.Any(r => Node(r, c) is not null)).ToList();
        var text = new StringBuilder(CsvText.Row([Device, Point, .. columns.Select(c => c.Name)]));
        foreach (var row in rows) text.Append(CsvText.Row([row.Device, row.Point, .. columns.Select(c => Cell(Node(row, c)))]));
        return text.ToString();

        static MapNode? Node((string, string, MapTable Of, MapTable Options) row, PointColumn column) => (column.OfDevice ? row.Of : row.Options).Find(column.Option.Key);
    }

    /// <summary>A part of a map from a table: <c>devices</c> with their points. What the table does not say of a device stands elsewhere, in a text that this one is laid over or under.</summary>
    /// <param name="file">Name for places.</param>
    /// <param name="text">The table.</param>
    /// <param name="device">The device, where the table has no column for it.</param>
    /// <param name="connection">Written below every device of which the table names none, where it is given.</param>
    /// <param name="drivers">Drivers whose options columns may be called after.</param>
    /// <param name="faults">Receives every fault with its line; the column is that of the table.</param>
    public static string Import(string file, string text, string? device, string? connection, IReadOnlyList<DriverSchema> drivers, FaultList faults)
    {
        if (CsvText.Parse(text) is not { Count: > 0 } rows)
        {
            faults.Add(new Mark(file, 1, 1), "The table is empty, or a quote in it is never closed.");
            return "";
        }
        var all = PointColumn.All(drivers);
        var names = Names(file, rows[0], all, faults);
        var (deviceAt, pointAt) = (names.IndexOf(Device), names.IndexOf(Point));
        if (pointAt < 0) faults.Add(new Mark(file, rows[0].Line, 1), "There is no column 'point' (测点): the first row must hold the names of the columns.");
        if (deviceAt < 0 && device is null) faults.Add(new Mark(file, rows[0].Line, 1), "There is no column 'device' (设备): add it, or name the device with --device.");
        if (!faults.IsEmpty) return "";
        var columns = names.Select(n => all.FirstOrDefault(c => c.Name == n)).ToList();
        var devices = new OrderedDictionary<string, ImportedDevice>(StringComparer.Ordinal);
        foreach (var (line, cells) in rows.Skip(1))
        {
            string At(int column) => column >= 0 && column < cells.Count ? cells[column] : "";
            var name = deviceAt >= 0 ? At(deviceAt) : device!;
            foreach (var (what, word, at) in new[] { (Device, name, deviceAt), (Point, At(pointAt), pointAt) })
            {
                if (MapNames.Wrong(word) is { } wrong) faults.Add(new Mark(file, line, Math.Max(at, 0) + 1), $"{what}: {wrong}");
            }
            if (!devices.TryGetValue(name, out var imported)) devices[name] = imported = new ImportedDevice(name, faults);
            var options = new List<string>();
            for (var i = 0; i < columns.Count; i++)
            {
                if (columns[i] is not { } column || At(i).Length == 0) continue;
                if (column.OfDevice) imported.Set(column, At(i), new Mark(file, line, i + 1));
                else options.Add($"{column.Option.Key}: {CellText.Of(column.Option, At(i))}");
            }
            imported.Add(At(pointAt), string.Join(", ", options), new Mark(file, line, pointAt + 1));
        }
        return devices.Values.Aggregate(new StringBuilder("devices:\n"), (part, d) => part.Append(d.Text(connection))).ToString();
    }

    private static List<string> Names(string file, (int Line, IReadOnlyList<string> Cells) head, IReadOnlyList<PointColumn> all, FaultList faults)
    {
        var known = all.Select(c => c.Name).Append(Device).Append(Point).ToHashSet(StringComparer.Ordinal);
        var names = head.Cells.Select(c => PointColumn.NameOf(c, all)).ToList();
        for (var i = 0; i < names.Count; i++)
        {
            var mark = new Mark(file, head.Line, i + 1);
            // Remarks and the like have no place in a map; a misspelt option would silently be lost, so it is named.
            if (names[i].Length > 0 && !known.Contains(names[i])) faults.Warn(mark, $"The column '{head.Cells[i]}' is passed over{Spelling.Hint(names[i], known)}");
            else if (names[i].Length > 0 && names.IndexOf(names[i]) < i) faults.Add(mark, $"The column '{names[i]}' stands twice.");
            if (head.Cells[i] == Ambiguous) faults.Warn(mark, "The column '倍率' is taken for 'resolution' (分辨率), what one step of the register is worth; if it is CT × PT, call it 变比.");
        }
        return names;
    }

    private static string Cell(MapNode? node) => node switch
    {
        MapText text => text.Value,
        MapTable table => string.Join("; ", table.Entries.Select(e => $"{e.Key.Value}: {Cell(e.Value)}")),
        MapList list => string.Join("; ", list.Items.Select(Cell)),
        _ => "",
    };
}
