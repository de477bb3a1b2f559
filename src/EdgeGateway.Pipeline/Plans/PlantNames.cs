using System.Collections.Frozen;
using EdgeGateway.Pipeline.Publishing;

namespace EdgeGateway.Pipeline.Plans;

/// <summary>Names of points and units by persisted id. Immutable.</summary>
/// <param name="points">Points by id.</param>
/// <param name="units">Unit paths by id.</param>
public sealed class PlantNames(IReadOnlyDictionary<int, PointName> points, IReadOnlyDictionary<int, string> units) : INames
{
    private readonly FrozenDictionary<int, PointName> _points = points.ToFrozenDictionary();
    private readonly FrozenDictionary<int, string> _units = units.ToFrozenDictionary();

    /// <summary>These names, and those of <paramref name="older"/> for what this plan no longer has: records of a removed unit may still have to be published.</summary>
    public PlantNames Over(PlantNames older)
    {
        var allPoints = new Dictionary<int, PointName>(older._points);
        foreach (var (id, name) in _points) allPoints[id] = name;
        var allUnits = new Dictionary<int, string>(older._units);
        foreach (var (id, name) in _units) allUnits[id] = name;
        return new PlantNames(allPoints, allUnits);
    }

    /// <inheritdoc/>
    public PointName? Point(int id) => _points.GetValueOrDefault(id);

    /// <inheritdoc/>
    public string? Unit(int id) => _units.GetValueOrDefault(id);
}
