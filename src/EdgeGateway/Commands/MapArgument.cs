using System.CommandLine;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Faults;

namespace EdgeGateway.Commands;

/// <summary>The map that most commands take, and how it is read or refused.</summary>
internal static class MapArgument
{
    public static Argument<FileInfo> Create() => new("map") { Description = "The map: a YAML file that describes connections, devices, units and publishers." };

    /// <summary>Reads and validates; prints every fault and warning to standard error; null where there is a fault.</summary>
    public static LoadedMap? Load(FileInfo file, bool budget = true) => Read(file, budget).Map;

    /// <summary>The same, with all that came of reading.</summary>
    public static MapOutcome Read(FileInfo file, bool budget = true)
    {
        var outcome = MapFile.Read(file.ToString(), budget);
        foreach (var line in new FaultText(LanguageOption.OfSurroundings()).Lines(outcome)) Console.Error.WriteLine(line);
        return outcome;
    }

    /// <summary>One line about what a valid map holds.</summary>
    public static string Summary(PlantMap plant) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{plant.Connections.Length} connections, {plant.Devices.Length} devices, {plant.Devices.Sum(d => d.Points.Length)} points, {plant.Units.Length} units, {plant.Publishers.Length} publishers");
}
