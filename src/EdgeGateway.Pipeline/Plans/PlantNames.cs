using System.Collections.Frozen;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Pipeline.Plans;

/// <summary>Names of points and units by persisted id. Immutable.</summary>
public sealed class PlantNames : INames
{
    private readonly PointPages<PointName> _points = new();
    private readonly FrozenDictionary<int, string> _units;

    /// <summary>Names of a plan.</summary>
    /// <param name="points">Points by id; the last one counts. Points whose terms are equal share them from here on.</param>
    /// <param name="units">Unit paths by id.</param>
    public PlantNames(IEnumerable<KeyValuePair<int, PointName>> points, IReadOnlyDictionary<int, string> units)
    {
        ArgumentNullException.ThrowIfNull(points);
        var known = new HashSet<PointTerms>();
        foreach (var (id, name) in points) _points[id] = name.Sharing(known);
        _units = units.ToFrozenDictionary();
    }

    /// <summary>These names, and those of <paramref name="older"/> for what this plan no longer has: records of a removed unit may still have to be published.</summary>
    public PlantNames Over(PlantNames older)
    {
        ArgumentNullException.ThrowIfNull(older);
        var units = new Dictionary<int, string>(older._units);
        foreach (var (id, name) in _units) units[id] = name;
        return new PlantNames(older._points.All().Concat(_points.All()), units);
    }

    /// <inheritdoc/>
    public PointName? Point(int id) => _points[id];

    /// <inheritdoc/>
    public string? Unit(int id) => _units.GetValueOrDefault(id);
}
