using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Dashboard.Api;

/// <summary>What neighbouring windows say of one counter, joined end to end: they share the totals at their edges, so only the first and the last edge count.</summary>
/// <remarks>An estimate inside is an estimate of when, not of how much: a six-hour hole inside a day leaves the day exact (docs/metering.md).</remarks>
internal sealed class SpanChain(in WindowInput first)
{
    private readonly WindowInput _first = first;
    private WindowInput _last = first;
    private Basis _inside = Basis.Exact;
    private bool _joined;

    public int Point => _first.Point;

    public ref readonly WindowInput First => ref _first;

    public long T1 => _last.T1;

    public WindowFlags Flags { get; private set; } = first.Flags;

    /// <summary>In which dimension it is stated: of a heat meter that counts kWh, as heat.</summary>
    public Dimension Dimension { get; } = first.Carrier == Carrier.None ? first.Unit.Measures() : first.Carrier.StatedIn(first.Unit);

    /// <summary>The sum, exact, in base units of its dimension.</summary>
    public Amount Amount => Of(checked((_last.T1 - _first.T0) * _first.Sign));

    /// <summary>How the sum is known.</summary>
    public Basis Basis => _first.Basis.Worst(_last.Basis).Worst(_inside);

    /// <summary>Greatest error of the sum, or null: the errors of inner edges cancel out.</summary>
    public Amount? Bound =>
        _first.Bound == long.MaxValue || _last.Bound == long.MaxValue ? null : _joined ? Of(_first.Bound) + Of(_last.Bound) : Of(_first.Bound);

    /// <summary>True where <paramref name="next"/> goes on where this ends.</summary>
    public bool TryJoin(in WindowInput next)
    {
        if (next.Point != _last.Point || next.T0 != _last.T1 || next.RegisterEpoch != _last.RegisterEpoch || next.Role != _last.Role || next.Carrier != _last.Carrier || next.Sign != _last.Sign
            || next.Unit != _last.Unit || next.Step != _last.Step || next.Ratio != _last.Ratio) return false;
        // What is no question of the edges holds for the whole: a lower bound stays one, what is awaited is awaited.
        if (_joined && _last.Basis != Basis.Estimated) _inside = _inside.Worst(_last.Basis);
        (_last, _joined) = (next, true);
        Flags |= next.Flags;
        return true;
    }

    private Amount Of(long deltaT) => Amount.Of(deltaT, _first.Step, _first.Ratio, _first.Unit, Dimension);
}
