using EdgeGateway.Metering.Rejoining;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Windows;

/// <summary>A counter whose past is known of from records only.</summary>
internal sealed partial class CounterTrack
{
    private StatedEdges? _stated;

    /// <summary>Goes on where records say that it stood; nothing where it has begun.</summary>
    public void Rejoin(StatedPast past, StatedEdges edges)
    {
        if (Begun || past.LineOf(_point.Id) is not { } begin) return;
        Line.Rejoin(begin);
        _stated = edges;
        if (begin.HeldAt is not { } at) return;
        (Begun, Settled) = (true, Boundary(at));
        (_gaps = new PastGaps()).Forget(at);
        _last = _first = new Anchor(at, 0, begin.Total, 0, 0, 0);
        _edges.Append(Settled, new Edge(begin.Total, long.MaxValue, Basis.LowerBound, WindowFlags.None, default));
    }

    private Edge? StatedAt(long boundary) => _stated?.At(_point.Id, boundary * _base);
}
