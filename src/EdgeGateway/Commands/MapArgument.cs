using System.CommandLine;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Plant;

namespace EdgeGateway.Commands;

/// <summary>The map that most commands take, and how it is read or refused.</summary>
internal static class MapArgument
{
    public static Argument<FileInfo> Create() => new("map") { Description = "The map: a YAML file that describes connections, devices, units and publishers." };

    /// <summary>Reads and validates; prints every fault to standard error and returns null where there is one.</summary>
    public static LoadedMap? Load(FileInfo file)
    {
        var (map, faults) = MapFile.Load(file.ToString());
        if (map is not null) return map;
        foreach (var fault in faults) Console.Error.WriteLine(fault);
        Console.Error.WriteLine(faults.Count == 1 ? "1 fault." : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{faults.Count} faults."));
        return null;
    }

    /// <summary>One line about what a valid map holds.</summary>
    public static string Summary(PlantMap plant) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{plant.Connections.Length} connections, {plant.Devices.Length} devices, {plant.Devices.Sum(d => d.Points.Length)} points, {plant.Units.Length} units, {plant.Publishers.Length} publishers");
}
