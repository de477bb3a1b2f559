using System.CommandLine;
using System.Globalization;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Language;
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
    public static string Summary(PlantMap plant, MessageLanguage language = MessageLanguage.English)
    {
        (int Count, string English, string Chinese)[] things =
        [
            (plant.Connections.Length, "connection", "条线路"), (plant.Devices.Length, "device", "台设备"), (plant.Devices.Sum(d => d.Points.Length), "point", "个测点"), (plant.Units.Length, "unit", "个单元"), (plant.Publishers.Length, "publisher", "个上传目标"),
        ];
        var said = things.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Count} {(language == MessageLanguage.Chinese ? t.Chinese : t.Count == 1 ? t.English : t.English + "s")}"));
        return string.Join(language == MessageLanguage.Chinese ? "、" : ", ", said);
    }
}
