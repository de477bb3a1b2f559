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

    /// <inheritdoc/>
    public PointName? Point(int id) => _points.GetValueOrDefault(id);

    /// <inheritdoc/>
    public string? Unit(int id) => _units.GetValueOrDefault(id);
}
