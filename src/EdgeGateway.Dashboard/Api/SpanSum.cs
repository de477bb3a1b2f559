using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Dashboard.Api;

/// <summary>Sums window records of one unit over a span, exactly: amounts, output, state time, coverage.</summary>
internal sealed class SpanSum(int unit, long from, long to)
{
    private readonly List<SpanChain> _chains = [];
    private readonly SortedDictionary<string, int> _windows = new(StringComparer.Ordinal);
    private readonly Amount[] _energyByState = new Amount[4];
    private readonly SortedDictionary<FigureId, FigureSum> _figures = [];
    private readonly SortedSet<(string Kind, string Stamp)> _sets = [];
    private int _records;
    private ByState _states;

    public int Unit => unit;

    public long From => from;

    public long To => to;

    public IReadOnlyList<SpanChain> Chains => _chains;

    public IReadOnlyDictionary<string, int> Windows => _windows;

    public ByState StateMicros => _states;

    public IReadOnlyList<Amount> EnergyByState => _energyByState;

    /// <summary>Sums of the figures that add up over time, such as kgce: of those that every window states.</summary>
    public IEnumerable<(FigureId Id, FigureSum Sum)> Figures => _figures.Where(f => f.Value.Windows == _records).Select(f => (f.Key, f.Value));

    /// <summary>Sets of coefficients and factors that the windows rest on.</summary>
    public IEnumerable<(string Kind, string Stamp)> Sets => _sets.Where(s => s.Stamp.Length > 0);

    public long CoveredMicros { get; private set; }

    public WindowFlags Flags { get; private set; }

    /// <summary>Adds the next window, in order of time. A withdrawn one is none.</summary>
    public void Add(WindowRecord record)
    {
        if ((record.Flags & WindowFlags.Void) != 0) return;
        _windows[record.Kind.Name] = _windows.GetValueOrDefault(record.Kind.Name) + 1;
        _records++;
        CoveredMicros += record.CoveredMicros;
        foreach (ref readonly var figure in record.Figures)
        {
            if (FigureSum.AddsUp(figure.Id)) _figures[figure.Id] = _figures.GetValueOrDefault(figure.Id).With(figure);
        }
        Flags |= record.Flags;
        _sets.Add((FactorRows.Coefficients, record.Coefficients));
        _sets.Add((FactorRows.Factors, record.Factors));
        _sets.Add((FactorRows.Footprint, record.Footprint));
        var states = record.StateMicros();
        for (var i = 0; i < 4; i++) _states[i] += states[i];
        foreach (ref readonly var input in record.Inputs)
        {
            Join(input);
            if (input.Carrier != Carrier.Electricity) continue;
            for (var i = 0; i < 4; i++) _energyByState[i] += input.AmountIn((MachineState)i);
        }
    }

    /// <summary>Amount, basis and bound over the chains that match; null where none does.</summary>
    public (Amount Amount, Basis Basis, Amount? Bound)? Total(Func<SpanChain, bool> matches)
    {
        var (any, amount, basis, bound) = (false, default(Amount), Basis.Exact, (Amount?)default(Amount));
        foreach (var chain in _chains)
        {
            if (!matches(chain)) continue;
            any = true;
            amount += chain.Amount;
            basis = basis.Worst(chain.Basis);
            bound = bound is { } b && chain.Bound is { } more ? b + more : null;
        }
        return any ? (amount, basis, bound) : null;
    }

    private void Join(in WindowInput input)
    {
        for (var i = _chains.Count - 1; i >= 0; i--)
        {
            if (_chains[i].TryJoin(input)) return;
        }
        _chains.Add(new SpanChain(input));
    }
}
