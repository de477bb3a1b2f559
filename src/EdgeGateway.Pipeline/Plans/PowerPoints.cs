using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Pipeline.Plans;

/// <summary>Finds the gauge that measures the power of an electricity counter.</summary>
internal static class PowerPoints
{
    /// <summary>Slot of the only gauge of power that the unit lists of the counter's own device; else, where the unit has one electricity counter and one gauge of power, of that; else -1.</summary>
    public static int SlotOf(PlantMap map, UnitMap unit, UnitInputMap input, Dictionary<string, int> slots)
    {
        if (input.Carrier != Carrier.Electricity) return -1;
        var powers = map.Devices.SelectMany(d => d.Points).Where(p => p.Unit.Measures() == Dimension.Power && unit.Gauges.Contains(p.Path)).Select(p => p.Path).ToArray();
        var device = input.Point[..(input.Point.IndexOf('.', StringComparison.Ordinal) + 1)];
        var own = powers.Where(p => p.StartsWith(device, StringComparison.Ordinal)).ToArray();
        if (own.Length == 1) return slots[own[0]];
        return own.Length == 0 && powers.Length == 1 && unit.Inputs.Count(i => i.Carrier == Carrier.Electricity) == 1 ? slots[powers[0]] : -1;
    }
}
