using System.Collections.Immutable;
using System.Globalization;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.Records.Time;

namespace EdgeGateway.DeviceMaps.Options;

/// <summary>Reads instants that mean the same everywhere: with their offset.</summary>
internal static class InstantReaders
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm K", "yyyy-MM-dd HH:mm:ss K"];

    /// <summary>Instants as UTC microseconds, ascending.</summary>
    public static Option<ImmutableArray<long>> Many(string key, string doc) =>
        new(key, "times with their offset", (node, faults) => Read(node, faults, key), doc, shape: new(ValueKind.Texts));

    private static (bool Ok, ImmutableArray<long> Value) Read(MapNode node, FaultList faults, string key)
    {
        var times = new SortedSet<long>();
        var ok = true;
        foreach (var item in node is MapList list ? list.Items : [node])
        {
            var text = (item as MapText)?.Value ?? "";
            // Without an offset the same text would mean another moment on another machine.
            var hasOffset = text.EndsWith('Z') || text.AsSpan(Math.Max(0, text.Length - 6)).ContainsAny('+', '-');
            if (hasOffset && DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            {
                if (times.Add(UtcMicros.From(time))) continue;
                faults.Add(item.Mark, $"{key}: '{text}' is listed twice.");
            }
            else if (item is not MapRefused) faults.Add(item.Mark, $"{key}: {(text.Length == 0 ? "" : $"'{text}' is no time: ")}write date, time and offset, such as 2026-11-24T08:00+08:00.");
            ok = false;
        }
        return (ok, [.. times]);
    }
}
