using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.DeviceMaps.Options;

/// <summary>Reads references to points. Whether the point exists is asked later, when all devices are known.</summary>
internal static class ReferenceReaders
{
    public static readonly IReadOnlyList<(string Word, InputRole Role, sbyte Sign)> Roles =
        [("purchased", InputRole.Purchased, 1), ("generated", InputRole.Generated, 1), ("internal", InputRole.Internal, 1), ("discharged", InputRole.Storage, 1), ("charged", InputRole.Storage, -1), ("minus", InputRole.Purchased, -1)];

    public static Option<PointReference> One(string key, string what, string doc) =>
        new(key, "point", (node, faults) => Read(node, faults, key) is { } reference ? (true, reference) : (false, null!), doc + $" Written device.point; {what}.", shape: new(ValueKind.Point));

    public static Option<IReadOnlyList<PointReference>> Many(string key, string what, string doc) =>
        new(key, "point or list of points", (node, faults) =>
        {
            var references = List(node, faults, key);
            return (references is not null, references!);
        }, doc + $" Written device.point; {what}.", shape: new(ValueKind.Points));

    public static Option<IReadOnlyList<MeterReference>> Meters(string key, string doc) =>
        new(key, "point, list of points, or table of roles", (node, faults) =>
        {
            var meters = Meters(node, faults, key);
            return (meters is not null, meters!);
        }, doc, choices: [.. Roles.Select(r => r.Word)], shape: new(ValueKind.Meters));

    private static List<MeterReference>? Meters(MapNode node, FaultList faults, string key)
    {
        if (node is not MapTable table)
        {
            return List(node, faults, key)?.ConvertAll(r => new MeterReference(r, InputRole.Purchased));
        }
        var meters = new List<MeterReference>();
        var ok = true;
        foreach (var (word, value) in table.Entries)
        {
            var (_, role, sign) = Roles.FirstOrDefault(r => r.Word == word.Value);
            if (role == default)
            {
                faults.Add(word.Mark, $"{key}: unknown role '{word.Value}'{Spelling.Ending(word.Value, Roles.Select(r => r.Word))}");
                ok = false;
            }
            else if (List(value, faults, $"{key}.{word.Value}") is { } references)
            {
                meters.AddRange(references.Select(r => new MeterReference(r, role, sign)));
            }
            else
            {
                ok = false;
            }
        }
        return ok ? meters : null;
    }

    private static List<PointReference>? List(MapNode node, FaultList faults, string key)
    {
        var references = new List<PointReference>();
        var ok = true;
        foreach (var item in node is MapList list ? list.Items : [node])
        {
            if (Read(item, faults, key) is { } reference) references.Add(reference);
            else ok = false;
        }
        return ok ? references : null;
    }

    private static PointReference? Read(MapNode node, FaultList faults, string key)
    {
        if (node is MapRefused) return null;
        if (node is MapText { Value: var path } && path.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && dot < path.Length - 1) return new PointReference(path, node.Mark);
        faults.Add(node.Mark, node is MapText text ? $"{key}: '{text.Value}' names no point: write device.point." : $"{key}: expected a point, written device.point.");
        return null;
    }
}
