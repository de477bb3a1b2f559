using System.Globalization;
using System.Text;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.PointTables;

/// <summary>A device as rows of a table tell of it.</summary>
/// <param name="name">Its name.</param>
/// <param name="faults">Receives what contradicts itself.</param>
internal sealed class ImportedDevice(string name, FaultList faults)
{
    private readonly OrderedDictionary<string, string> _points = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, (PointColumn Column, string Cell, int Line)> _options = new(StringComparer.Ordinal);

    /// <summary>Takes an option of the device; every row says the same or nothing.</summary>
    public void Set(PointColumn column, string cell, Mark mark)
    {
        if (_options.TryAdd(column.Option.Key, (column, cell, mark.Line))) return;
        var (_, known, line) = _options[column.Option.Key];
        if (known != cell) faults.Add(mark, string.Create(CultureInfo.InvariantCulture, $"{column.Name}: device '{name}' has '{known}' in line {line} and '{cell}' here: one device has one."));
    }

    /// <summary>Takes a point with its options as they are written in a map.</summary>
    public void Add(string point, string options, Mark mark)
    {
        if (!_points.TryAdd(point, options)) faults.Add(mark, $"The point '{name}.{point}' stands twice.");
    }

    /// <summary>The device as a part of a map.</summary>
    public string Text(string? connection)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"  {name}:\n");
        if (connection is not null && !_options.ContainsKey(MapOptions.Device.Connection.Key)) text.Append(CultureInfo.InvariantCulture, $"    {MapOptions.Device.Connection.Key}: {connection}\n");
        foreach (var (key, (column, cell, _)) in _options) text.Append(CultureInfo.InvariantCulture, $"    {key}: {CellText.Of(column.Option, cell)}\n");
        text.Append("    points:\n");
        foreach (var (point, options) in _points) text.Append(CultureInfo.InvariantCulture, $"      {point}: {{{options}}}\n");
        return text.ToString();
    }
}
