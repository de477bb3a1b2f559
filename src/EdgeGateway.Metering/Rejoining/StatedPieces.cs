using EdgeGateway.Metering.Units;
using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Rejoining;

/// <summary>The part of a longer window that lies before all samples, put together of shorter ones that were stated.</summary>
internal sealed class StatedPieces(StatedEdges edges, UnitLayout layout, Tracks tracks)
{
    private readonly UnitSlice _piece = new(layout);

    /// <summary>Adds what was stated between two times.</summary>
    public void Add(UnitSum sum, long from, long to)
    {
        while (from < to)
        {
            if (edges.Longest(layout.Plan.Id, from, to) is { } stated) Add(sum, stated);
            else Hollow(sum, from, edges.Next(layout.Plan.Id, from, to));
            from = sum.End;
        }
    }

    private void Add(UnitSum sum, WindowRecord stated)
    {
        var covered = stated.CoveredMicros;
        foreach (ref readonly var segment in stated.Segments)
        {
            _piece.Begin(segment.Start);
            (_piece.End, _piece.State, _piece.Product) = (segment.End, segment.StateMicros, segment.Product);
            (_piece.Covered, covered) = (Math.Min(covered, segment.End - segment.Start), Math.Max(0, covered - (segment.End - segment.Start)));
            for (var i = 0; i < _piece.Inputs.Length; i++)
            {
                var track = tracks.Counters[layout.Sliced[i].Slot]!;
                if (StatedEdges.Find(stated, segment, track.Point.Id) is not { } input) _piece.Inputs[i] = Between(track, segment.Start, segment.End);
                else
                {
                    _piece.Inputs[i] = SliceOf(input);
                    if (track.Line.RatioAt(segment.Start) != input.Ratio) track.Line.Correct(segment.Start, input.Ratio);
                }
            }
            foreach (ref readonly var gauge in stated.GaugesOf(segment)) Take(gauge);
            sum.Add(_piece);
            // Batches cut base windows only.
            if (segment.Cut is SegmentCut.Epoch or SegmentCut.Ratio or SegmentCut.Factor) sum.Split(segment.Cut);
        }
    }

    /// <summary>No window was stated of it: before the first one of all, or they were let go.</summary>
    private void Hollow(UnitSum sum, long from, long to)
    {
        _piece.Begin(from);
        _piece.End = to;
        _piece.State[(int)MachineState.Unknown] = to - from;
        for (var i = 0; i < _piece.Inputs.Length; i++) _piece.Inputs[i] = Between(tracks.Counters[layout.Sliced[i].Slot]!, from, to);
        sum.Add(_piece);
    }

    private InputSlice Between(CounterTrack track, long from, long to)
    {
        var end = edges.At(track.Point.Id, to) ?? track.EdgeAtTime(to);
        var start = edges.At(track.Point.Id, from) ?? Before(track, end, from, to);
        return InputSlice.Between(start, end, end.Flags, _piece.State);
    }

    /// <summary>Nothing was ever stated up to there: up to the rating may have passed unseen.</summary>
    private static Edge Before(CounterTrack track, in Edge end, long from, long to)
    {
        var unseen = track.Cutting.UnseenBound(new Anchor(to, 0, 0, 0, 0, 0), from);
        return new Edge(end.Total, unseen > long.MaxValue - end.Bound ? long.MaxValue : unseen + end.Bound, Basis.LowerBound, WindowFlags.None, default);
    }

    private static InputSlice SliceOf(in WindowInput input) => new()
    {
        T0 = input.T0,
        T1 = input.T1,
        Bound0 = input.Bound,
        Bound1 = input.Bound,
        Basis0 = input.Basis,
        Basis1 = input.Basis,
        // Its bound holds what it may be off by.
        Doubt = (input.Flags & WindowFlags.Ambiguous) == 0 ? 0 : Math.Min(input.Bound, Windows.Doubt.NoLimit),
        Flags = input.Flags & ~WindowFlags.Coarse,
        ByState = input.ByState,
    };

    private void Take(in WindowGauge gauge)
    {
        for (var i = 0; i < _piece.Gauges.Length; i++)
        {
            if (tracks.Gauges[layout.Plan.Gauges[i]]!.Point.Id != gauge.Point) continue;
            _piece.Gauges[i] = new Gauges.GaugeSlice { Integral = gauge.Integral, Covered = gauge.CoveredMicros, Min = gauge.Min, Max = gauge.Max, Last = gauge.Last, Seen = true };
        }
    }
}
