using EdgeGateway.Pipeline.Publishing;

namespace EdgeGateway.Pipeline.Plans;

/// <summary>The names in force: publishers keep this one object while plans change. Thread-safe.</summary>
/// <param name="first">Names of the first plan.</param>
public sealed class LiveNames(PlantNames first) : INames
{
    private volatile PlantNames _names = first;

    /// <summary>Takes over the names of another plan; what it no longer has keeps its last name.</summary>
    public void Change(PlantNames names)
    {
        ArgumentNullException.ThrowIfNull(names);
        _names = names.Over(_names);
    }

    /// <inheritdoc/>
    public PointName? Point(int id) => _names.Point(id);

    /// <inheritdoc/>
    public string? Unit(int id) => _names.Unit(id);
}
