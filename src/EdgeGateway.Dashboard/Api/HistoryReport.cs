using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Dashboard.Api;

/// <summary>A unit's windows over a span as columns, in the shortest kind that keeps the answer small. The newest revision of each key; withdrawn ones are left out.</summary>
internal sealed class HistoryReport(IGatewayView gateway)
{
    /// <summary>Windows in one answer at most; a day at one minute fits.</summary>
    public const int MostWindows = 1_500;

    /// <summary>The kind that is asked for, or the shortest of which the span holds few enough.</summary>
    public WindowKind KindFor(long from, long to, WindowKind? wanted)
    {
        if (wanted is { } kind) return kind;
        var plan = gateway.Plant.Metering;
        var kinds = plan.LongerWindows.Add(plan.BaseWindow).Where(k => k.FixedMicros > 0).OrderBy(k => k.FixedMicros).ToArray();
        return kinds.FirstOrDefault(k => (to - from) / k.FixedMicros <= MostWindows, kinds[^1]);
    }

    public HistoryAnswer Of(int unit, string path, WindowKind kind, long from, long to)
    {
        var rows = gateway.Store.ReadWindows(unit, kind.Code, from, to, MostWindows + 1);
        var columns = new HistoryColumns(gateway.Plant.Names);
        var record = new WindowRecord();
        foreach (var row in rows.Take(MostWindows))
        {
            if (WindowRecordCodec.TryDecode(row.Body, record) && (record.Flags & WindowFlags.Void) == 0) columns.Add(record);
        }
        return columns.Answer(path, kind, from, to, rows.Count > MostWindows);
    }
}

/// <summary>Columns of a history in the making.</summary>
internal sealed class HistoryColumns(Pipeline.Publishing.INames names)
{
    private readonly List<long> _start = [], _length = [];
    private readonly List<string> _id = [], _basis = [], _coverage = [];
    private readonly List<string?> _kwh = [], _good = [];
    private readonly List<double?> _mean = [], _min = [], _max = [];
    private readonly List<IReadOnlyList<double>> _states = [];
    private readonly SortedDictionary<string, List<string?>> _figures = new(StringComparer.Ordinal);

    public void Add(WindowRecord record)
    {
        var sum = new SpanSum(record.Unit, record.Start, record.End);
        sum.Add(record);
        var energy = sum.Total(i => i.First.Carrier == Carrier.Electricity);
        var good = sum.Total(i => i.First.Role == InputRole.Good);
        _start.Add(record.Start / UtcMicros.PerSecond);
        _length.Add((record.End - record.Start) / UtcMicros.PerSecond);
        _id.Add(record.WindowId);
        _kwh.Add(energy is { } e ? Texts.Of(e.Amount) : null);
        _basis.Add((energy?.Basis ?? good?.Basis ?? Basis.None).Word());
        _good.Add(good is { } g ? Texts.Of(g.Amount) : null);
        _coverage.Add(Texts.Share(record.CoveredMicros, record.End - record.Start));
        var states = record.StateMicros();
        _states.Add([.. Enumerable.Range(0, 4).Select(i => states[i] / (double)UtcMicros.PerSecond)]);
        AddPower(record);
        AddFigures(record);
    }

    public HistoryAnswer Answer(string unit, WindowKind kind, long from, long to, bool truncated) => new(unit, kind.Name, Texts.Time(from), Texts.Time(to), truncated,
        _start, _length, _id, _kwh, _basis, _good, _coverage, _mean, _min, _max, _states, _figures.ToDictionary(f => f.Key, f => (IReadOnlyList<string?>)f.Value));

    /// <summary>The first gauge of the record that is a power; its mean is over the observed time only.</summary>
    private void AddPower(WindowRecord record)
    {
        var (integral, covered, min, max, factor) = (0.0, 0L, double.PositiveInfinity, double.NegativeInfinity, 1.0);
        var point = 0;
        foreach (ref readonly var gauge in record.Gauges)
        {
            if (point == 0 && names.Point(gauge.Point) is { } name && name.Unit.Measures() == Dimension.Power) (point, factor) = (gauge.Point, name.Unit.ToBase().ToDouble());
            if (gauge.Point != point || gauge.CoveredMicros == 0) continue;
            (integral, covered) = (integral + gauge.Integral, covered + gauge.CoveredMicros);
            (min, max) = (Math.Min(min, gauge.Min), Math.Max(max, gauge.Max));
        }
        var observed = covered > 0 && double.IsFinite(integral) && double.IsFinite(min) && double.IsFinite(max);
        _mean.Add(observed ? integral / (covered / (double)UtcMicros.PerSecond) * factor : null);
        _min.Add(observed ? min * factor : null);
        _max.Add(observed ? max * factor : null);
    }

    private void AddFigures(WindowRecord record)
    {
        foreach (ref readonly var figure in record.Figures)
        {
            if (!_figures.TryGetValue(figure.Id.Word(), out var column)) _figures[figure.Id.Word()] = column = [.. Enumerable.Repeat<string?>(null, _start.Count - 1)];
            column.Add(figure.Value?.ToString());
        }
        foreach (var column in _figures.Values)
        {
            if (column.Count < _start.Count) column.Add(null);
        }
    }
}
