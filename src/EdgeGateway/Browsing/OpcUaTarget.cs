using EdgeGateway.Commands;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Faults;

namespace EdgeGateway.Browsing;

/// <summary>An OPC UA connection that a command is about: one of a map, or a server that stands in no map yet.</summary>
/// <param name="Name">Its name in the map.</param>
/// <param name="Options">Its bound options.</param>
/// <param name="Yaml">The connection as a map would hold it, where it comes from none; else null.</param>
internal sealed record OpcUaTarget(string Name, OptionValues Options, string? Yaml)
{
    private const string Driver = "opc_ua";

    /// <summary>The connection called <paramref name="name"/>, or the only one; null where there is none, and then it was said why.</summary>
    public static OpcUaTarget? OfMap(string map, string? name)
    {
        if (MapArgument.Load(new FileInfo(map)) is not { } loaded) return null;
        var all = loaded.Plant.Connections.Where(c => c.Driver == Driver).ToArray();
        var names = string.Join(", ", all.Select(c => c.Name));
        if (name is null && all.Length == 1) name = all[0].Name;
        if (all.FirstOrDefault(c => c.Name == name) is { } found) return new OpcUaTarget(found.Name, found.Options, null);
        Console.Error.WriteLine(all.Length == 0 ? $"{map} has no opc_ua connection."
            : name is null ? $"{map} has several opc_ua connections; name one of: {names}."
            : $"{map} has no opc_ua connection '{name}'{Spelling.Ending(name, all.Select(c => c.Name))}");
        return null;
    }

    /// <summary>A server by its URL; <paramref name="options"/> are those of an opc_ua connection.</summary>
    public static OpcUaTarget? OfUrl(string url, IEnumerable<(string Key, string? Value)> options)
    {
        var given = options.Where(o => o.Value is not null).Prepend(("endpoint", (string?)url)).Select(o => $"{o.Item1}: {Quoted(o.Item2!)}");
        var yaml = $"connections:\n  server: {{{Driver}: {{{string.Join(", ", given)}}}}}\n";
        var (map, faults) = MapFile.Parse("command line", "gateway: {id: browse}\n" + yaml, Environment.CurrentDirectory, Environment.GetEnvironmentVariable);
        if (map is not null) return new OpcUaTarget("server", map.Plant.Connections[0].Options, yaml);
        foreach (var fault in faults) Console.Error.WriteLine(fault.Message);
        return null;
    }

    private static string Quoted(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
