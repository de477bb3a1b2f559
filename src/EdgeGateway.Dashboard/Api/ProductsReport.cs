using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Pipeline.Recovery;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Dashboard.Api;

/// <summary>What a unit and those below it made, by product and window, and what that took. The rows of a window add up to it: what is of no known product has a row of its own.</summary>
internal sealed class ProductsReport(IGatewayView gateway)
{
    // A fortnight of minutes: what is kept of them.
    private const int MostBaseWindows = 20_160;
    private readonly Lock _gate = new();

    /// <summary>True where pieces of a known product are made in the unit or below it.</summary>
    public static bool Knows(CompiledPlant plant, int unit) => Makers(plant, unit).Any(m => MapOf(plant, m).Output is { Product: not null } or { ProductPoint: not null });

    /// <summary>One question at a time: whoever looks must not take the disk from those who write.</summary>
    public ProductsAnswer Of(UnitPlan asked, WindowKind kind, long from, long to)
    {
        lock (_gate) return Read(asked, kind, from, to);
    }

    private ProductsAnswer Read(UnitPlan asked, WindowKind kind, long from, long to)
    {
        var plant = gateway.Plant;
        var (rows, totals, truncated) = (new SortedDictionary<(long, string, string), ProductSum>(), new SortedDictionary<string, ProductSum>(StringComparer.Ordinal), false);
        var (record, left, history) = (new WindowRecord(), MostBaseWindows, new StoredHistory(gateway.Store));
        foreach (var maker in Makers(plant, plant.Metering.Units.IndexOf(asked)))
        {
            var map = MapOf(plant, maker);
            var names = new ProductNames(map, plant.Map.Products, plant.Metering.Points.Any(p => p.Path == map.Output.ProductPoint && p.Kind == PointKind.State));
            var shares = new ProductShares(plant.Metering, maker, history);
            var windows = gateway.Store.ReadWindows(plant.Metering.Units[maker].Id, kind.Code, from, to, HistoryReport.MostWindows + 1);
            truncated |= windows.Count > HistoryReport.MostWindows;
            foreach (var row in windows.Take(HistoryReport.MostWindows))
            {
                if (!WindowRecordCodec.TryDecode(row.Body, record) || (record.Flags & WindowFlags.Void) != 0) continue;
                var parts = new ProductParts(names, shares);
                foreach (var piece in Pieces(record, names, plant.Metering.BaseWindow, ref left)) parts.Add(piece);
                foreach (var part in parts.Of(record))
                {
                    Find(rows, (record.Start, record.WindowId, part.Product), part.Product, record.Start, record.End).Add(part, map.Name);
                    Find(totals, part.Product, part.Product, from, to).Add(part, map.Name);
                }
            }
        }
        truncated |= left <= 0;
        var stated = new SumsReport(plant);
        return new ProductsAnswer(asked.Path, kind.Name, Texts.Time(from), Texts.Time(to), truncated, [.. rows.Select(r => r.Value.Row(stated, r.Key.Item2))], [.. totals.Values.Select(t => t.Total(stated))]);
    }

    /// <summary>The records that say what a window's products were: itself, or where batches say it, its base windows, which alone are cut by batches. A window whose base windows are gone stays whole, and its product unknown.</summary>
    private List<WindowRecord> Pieces(WindowRecord record, ProductNames names, WindowKind baseWindow, ref int left)
    {
        if (!names.ByBatch || ProductNames.Says(record) || record.Kind == WindowKind.Batch || record.Kind == baseWindow) return [record];
        var wanted = (int)Math.Min(int.MaxValue, (record.End - record.Start) / baseWindow.FixedMicros);
        if ((left -= wanted) < 0) return [record];
        var (pieces, cursor) = (new List<WindowRecord>(wanted), record.Start);
        foreach (var row in gateway.Store.ReadWindows(record.Unit, baseWindow.Code, record.Start, record.End, wanted + 1))
        {
            var piece = new WindowRecord();
            if (!WindowRecordCodec.TryDecode(row.Body, piece) || (piece.Flags & WindowFlags.Void) != 0 || piece.Start != cursor) break;
            pieces.Add(piece);
            cursor = piece.End;
        }
        return cursor == record.End ? pieces : [record];
    }

    private static ProductSum Find<T>(SortedDictionary<T, ProductSum> sums, T key, string product, long from, long to) where T : notnull
    {
        if (!sums.TryGetValue(key, out var sum)) sums[key] = sum = new ProductSum(product, from, to);
        return sum;
    }

    /// <summary>The units with good pieces of their own at or below a unit; what lies below such a one is in it.</summary>
    private static IEnumerable<int> Makers(CompiledPlant plant, int unit)
    {
        var units = plant.Metering.Units;
        return units[unit].Inputs.Any(i => i.Role == InputRole.Good) ? [unit] : Enumerable.Range(0, units.Length).Where(c => units[c].Parent == unit).SelectMany(c => Makers(plant, c));
    }

    private static UnitMap MapOf(CompiledPlant plant, int unit) => plant.Map.Units.First(u => u.Name == plant.Metering.Units[unit].Path);
}
