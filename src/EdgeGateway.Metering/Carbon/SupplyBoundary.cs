using System.Collections.Immutable;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Carbon;

/// <summary>Where carriers enter a plant: for each unit the meters of the site it belongs to. Computed once a plan.</summary>
/// <remarks>
/// The meters of the topmost unit that has some are the boundary, and everything generated or stored below it comes on top. Where all of them only buy, whatever is used is bought, and no mix is
/// needed: a unit then depends on its own meters alone.
/// </remarks>
public sealed class SupplyBoundary
{
    private readonly MeteringPlan _plan;
    private readonly Dictionary<(int Unit, Carrier Carrier), (ImmutableArray<UnitInputPlan> Inputs, bool Summed)> _sites = [];

    /// <summary>The boundary of a plan.</summary>
    public SupplyBoundary(MeteringPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _plan = plan;
        for (var unit = 0; unit < plan.Units.Length; unit++)
        {
            if (plan.Units[unit].Parent >= 0) continue;
            foreach (var carrier in Subtree(unit).SelectMany(u => plan.Units[u].Inputs).Select(i => i.Carrier).Where(c => c != Carrier.None).Distinct())
            {
                var site = Site(unit, carrier);
                if (site.Inputs.Any(i => i.Role != InputRole.Purchased || i.Sign < 0)) _sites[(unit, carrier)] = site;
            }
        }
    }

    /// <summary>Index of the topmost unit above a unit.</summary>
    public int SiteOf(int unit)
    {
        while (_plan.Units[unit].Parent >= 0) unit = _plan.Units[unit].Parent;
        return unit;
    }

    /// <summary>Inputs that the mix of a unit's carrier is made of; empty where everything is bought.</summary>
    public ImmutableArray<UnitInputPlan> InputsOf(int unit, Carrier carrier) => _sites.TryGetValue((SiteOf(unit), carrier), out var site) ? site.Inputs : [];

    /// <summary>True where no meter stands at the boundary itself: what lines use then includes what was generated.</summary>
    public bool IsSummed(int unit, Carrier carrier) => _sites.TryGetValue((SiteOf(unit), carrier), out var site) && site.Summed;

    /// <summary>All inputs that a unit's figures depend on beside its own, each once.</summary>
    public ImmutableArray<UnitInputPlan> Beside(int unit) => [.. Carriers.All.SelectMany(c => InputsOf(unit, c)).Distinct()];

    private (ImmutableArray<UnitInputPlan> Inputs, bool Summed) Site(int unit, Carrier carrier)
    {
        var own = Own(unit, carrier).ToArray();
        var summed = own.All(IsSource);
        var top = summed ? Subtree(unit).Where(u => IsTop(u, carrier)).SelectMany(u => Own(u, carrier)) : own;
        var generated = Subtree(unit).SelectMany(u => Own(u, carrier)).Where(IsSource);
        return ([.. top.Concat(generated).DistinctBy(i => i.Slot)], summed);
    }

    private static bool IsSource(UnitInputPlan input) => input.Role is InputRole.Generated or InputRole.Storage;

    private IEnumerable<UnitInputPlan> Own(int unit, Carrier carrier) => _plan.Units[unit].Inputs.Where(i => i.Carrier == carrier);

    /// <summary>True where the unit has a meter that does not only generate, and none above it does.</summary>
    private bool IsTop(int unit, Carrier carrier)
    {
        if (Own(unit, carrier).All(IsSource)) return false;
        for (var above = _plan.Units[unit].Parent; above >= 0; above = _plan.Units[above].Parent)
        {
            if (Own(above, carrier).Any(i => !IsSource(i))) return false;
        }
        return true;
    }

    private IEnumerable<int> Subtree(int root) => Enumerable.Range(0, _plan.Units.Length).Where(u => SiteOf(u) == root);
}
