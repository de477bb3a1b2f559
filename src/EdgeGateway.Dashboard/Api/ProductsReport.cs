using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Pipeline.Plans;
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
        var (record, left) = (new WindowRecord(), MostBaseWindows);
        foreach (var maker in Makers(plant, plant.Metering.Units.IndexOf(asked)))
        {
            var map = MapOf(plant, maker);
            var states = plant.Metering.Points.Any(p => p.Path == map.Output.ProductPoint && p.Kind == PointKind.State);
            var windows = gateway.Store.ReadWindows(plant.Metering.Units[maker].Id, kind.Code, from, to, HistoryReport.MostWindows + 1);
            truncated |= windows.Count > HistoryReport.MostWindows;
            foreach (var row in windows.Take(HistoryReport.MostWindows))
            {
                if (!WindowRecordCodec.TryDecode(row.Body, record) || (record.Flags & WindowFlags.Void) != 0) continue;
                foreach (var piece in Pieces(record, map, plant.Metering.BaseWindow, ref left))
                {
                    foreach (var (product, part) in ProductParts.Of(piece, map, plant.Map.Products, states))
                    {
                        Find(rows, (record.Start, record.WindowId, product), product, record.Start, record.End).Add(part, piece, map.Name);
                        Find(totals, product, product, from, to).Add(part, piece, map.Name);
                    }
                }
            }
        }
        truncated |= left <= 0;
        var stated = new SumsReport(plant);
        return new ProductsAnswer(asked.Path, kind.Name, Texts.Time(from), Texts.Time(to), truncated, [.. rows.Select(r => r.Value.Row(stated, r.Key.Item2))], [.. totals.Values.Select(t => t.Total(stated))]);
    }

    /// <summary>The records that say what a window's products were: itself, or where batches say it, its base windows, which alone are cut by batches. A window whose base windows are gone stays whole, and its product unknown.</summary>
    private List<WindowRecord> Pieces(WindowRecord record, UnitMap unit, WindowKind baseWindow, ref int left)
    {
        if (!ProductParts.ByBatch(unit) || ProductParts.Says(record) || record.Kind == WindowKind.Batch || record.Kind == baseWindow) return [record];
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

/// <summary>A record's share of each product.</summary>
internal static class ProductParts
{
    /// <summary>True where the record itself says what was made.</summary>
    public static bool Says(WindowRecord record)
    {
        foreach (ref readonly var segment in record.Segments)
        {
            if (segment.Product is not null) return true;
        }
        return false;
    }

    /// <summary>True where the point that opens the unit's batches names its product.</summary>
    public static bool ByBatch(UnitMap unit) => unit.Output.ProductPoint is { } point && point == unit.Batch;

    /// <summary>The record itself where it is of one product, else a part for each.</summary>
    public static IEnumerable<(string Product, WindowRecord Part)> Of(WindowRecord record, UnitMap unit, IReadOnlyList<ProductMap> products, bool states)
    {
        var names = new string[record.Segments.Length];
        for (var i = 0; i < names.Length; i++) names[i] = record.Segments[i].Product ?? Name(record.Segments[i].Batch, unit, products, states);
        return names.Distinct().Count() <= 1 ? [(names.FirstOrDefault(""), record)] : [.. names.Distinct().Select(n => (n, Part(record, names, n)))];
    }

    /// <summary>The product of a stretch whose record names none: the one that the unit always makes; or where the point that names it opens the batches too, that of the batch. A code that means no product stands for itself; "" where nothing is known.</summary>
    private static string Name(string? batch, UnitMap unit, IReadOnlyList<ProductMap> products, bool states)
    {
        if (unit.Output.Product is { } always) return always;
        if (!ByBatch(unit) || batch is null) return "";
        var code = batch.LastIndexOf('#') is > 0 and var end ? batch[..end] : batch;
        // A batch by a state is called by the state's number; a product by its word, as the map writes states.
        if (states && byte.TryParse(code, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var state)) code = ((MachineState)state).Word();
        return products.FirstOrDefault(p => p.Codes.Contains(code))?.Name ?? code;
    }

    /// <summary>Figures such as carbon are of the whole window and belong to no part of it.</summary>
    private static WindowRecord Part(WindowRecord record, string[] names, string name)
    {
        var part = new WindowRecord { Unit = record.Unit, Kind = record.Kind, WindowId = record.WindowId, Start = record.Start, End = record.End, Revision = record.Revision, Flags = record.Flags };
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] != name) continue;
            ref readonly var segment = ref record.Segments[i];
            part.BeginSegment(segment.Start, segment.End, segment.Cut, segment.Batch, segment.StateMicros, segment.Product);
            foreach (ref readonly var input in record.InputsOf(segment)) part.Add(input);
        }
        return part;
    }
}

/// <summary>A product's sum over a window or a span, of all units that made it.</summary>
internal sealed class ProductSum(string product, long from, long to)
{
    private readonly SpanSum _sum = new(0, from, to);
    private readonly SortedSet<string> _units = new(StringComparer.Ordinal);
    private long _covered, _length;

    /// <summary>Adds a part; its coverage is that of the record it is of.</summary>
    public void Add(WindowRecord part, WindowRecord whole, string unit)
    {
        _sum.Add(part);
        _units.Add(unit);
        _covered += whole.CoveredMicros;
        _length += whole.End - whole.Start;
    }

    public ProductRow Row(SumsReport stated, string windowId) => new(Product, [.. _units], from / UtcMicros.PerSecond, (to - from) / UtcMicros.PerSecond, windowId, Sums(stated));

    public ProductTotal Total(SumsReport stated) => new(Product, [.. _units], Sums(stated));

    private string? Product => product.Length > 0 ? product : null;

    private SumsAnswer Sums(SumsReport stated) => stated.Of(_sum, product, withInputs: false) with { Coverage = Texts.Share(_covered, _length) };
}
