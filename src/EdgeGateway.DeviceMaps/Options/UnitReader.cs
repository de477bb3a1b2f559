using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.DeviceMaps.Options;

/// <summary>Reads units of measure; upper and lower case matter. Chinese names and spellings without ³ are read too.</summary>
internal static class UnitReader
{
    public static Option<UnitOfMeasure> Option(string key, string doc) =>
        new(key, "one of " + string.Join(" | ", UnitsOfMeasure.Symbols), (node, faults) => Read(node, faults, key), doc, choices: [.. UnitsOfMeasure.Words]);

    private static (bool Ok, UnitOfMeasure Value) Read(MapNode node, FaultList faults, string key)
    {
        if (node is MapText text)
        {
            if (UnitsOfMeasure.TryParse(text.Value, out var unit)) return (true, unit);
            var near = Spelling.Nearest(text.Value, UnitsOfMeasure.Words);
            faults.Add(node.Mark, $"{key}: unknown unit '{text.Value}'{(near is null ? "; there are kWh, W, V, A, Hz, °C, bar, m³, Nm³, kg, %, 1/min, piece and more: see the reference of options." : $"; did you mean '{near}'?")}");
        }
        else
        {
            faults.Add(node.Mark, $"{key}: expected a unit such as kWh.");
        }
        return (false, default);
    }
}
