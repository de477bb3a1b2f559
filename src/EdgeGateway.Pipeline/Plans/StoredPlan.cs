using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace EdgeGateway.Pipeline.Plans;

/// <summary>A plan as the store keeps it: the effective map, and behind it, as comments, the persisted ids its names stood for. So a name that is given away later leaves older plans as they were.</summary>
/// <param name="Map">The effective map.</param>
/// <param name="Points">Id of each point's path; empty for plans stored before ids were kept with them.</param>
/// <param name="Units">Id of each unit, likewise.</param>
public sealed record StoredPlan(string Map, FrozenDictionary<string, int> Points, FrozenDictionary<string, int> Units)
{
    private const string Head = "#ids\n";
    private const string PointLine = "#p ", UnitLine = "#u ";

    /// <summary>The body to store.</summary>
    public static string Write(string effectiveMap, CompiledPlant plant)
    {
        ArgumentNullException.ThrowIfNull(effectiveMap);
        ArgumentNullException.ThrowIfNull(plant);
        var body = new StringBuilder(effectiveMap);
        if (effectiveMap.Length > 0 && effectiveMap[^1] != '\n') body.Append('\n');
        body.Append(Head);
        foreach (var point in plant.Metering.Points) body.Append(CultureInfo.InvariantCulture, $"{PointLine}{point.Id} {point.Path}\n");
        foreach (var unit in plant.Metering.Units) body.Append(CultureInfo.InvariantCulture, $"{UnitLine}{unit.Id} {unit.Path}\n");
        return body.ToString();
    }

    /// <summary>Reads a stored body, of whatever age.</summary>
    public static StoredPlan Read(string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var at = body.LastIndexOf(Head, StringComparison.Ordinal);
        if (at < 0 || (at > 0 && body[at - 1] != '\n')) return new StoredPlan(body, FrozenDictionary<string, int>.Empty, FrozenDictionary<string, int>.Empty);
        var (points, units) = (new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var line in body.AsSpan(at + Head.Length).EnumerateLines())
        {
            if (line.StartsWith(PointLine)) Add(points, line[PointLine.Length..]);
            else if (line.StartsWith(UnitLine)) Add(units, line[UnitLine.Length..]);
        }
        return new StoredPlan(body[..at], points.ToFrozenDictionary(StringComparer.Ordinal), units.ToFrozenDictionary(StringComparer.Ordinal));
    }

    private static void Add(Dictionary<string, int> ids, ReadOnlySpan<char> line)
    {
        var gap = line.IndexOf(' ');
        if (gap > 0 && int.TryParse(line[..gap], NumberStyles.None, CultureInfo.InvariantCulture, out var id)) ids[line[(gap + 1)..].ToString()] = id;
    }
}
