using System.Runtime.InteropServices;

namespace EdgeGateway.Records.Windows;

/// <summary>What metering says of one unit over one window. Neutral: publishers, the page and restatement all read this.</summary>
/// <remarks>Mutable and reusable, so that a window can be closed without allocating: <see cref="Clear"/>, fill, encode. Not thread-safe.</remarks>
public sealed class WindowRecord
{
    private readonly List<Segment> _segments = [];
    private readonly List<WindowInput> _inputs = [];
    private readonly List<WindowGauge> _gauges = [];
    private readonly List<Figure> _figures = [];

    /// <summary>Persisted unit id.</summary>
    public int Unit { get; set; }

    /// <summary>Kind of window.</summary>
    public WindowKind Kind { get; set; }

    /// <summary>Window id, "" up to 1h.</summary>
    public string WindowId { get; set; } = "";

    /// <summary>UTC microseconds, inclusive.</summary>
    public long Start { get; set; }

    /// <summary>UTC microseconds, exclusive.</summary>
    public long End { get; set; }

    /// <summary>Which statement about the key this is.</summary>
    public Revision Revision { get; set; }

    /// <summary>Time in which every input's neighbouring samples lie within the greatest allowed gap, microseconds.</summary>
    public long CoveredMicros { get; set; }

    /// <summary>Flags of the record: those of its inputs and its own.</summary>
    public WindowFlags Flags { get; set; }

    /// <summary>Set of coal equivalents that its figures rest on, as <c>name/edition</c>; "" where there is none.</summary>
    public string Coefficients { get; set; } = "";

    /// <summary>Set of emission factors that its figures rest on, as <c>name/edition policy</c>; "" where there is none.</summary>
    public string Factors { get; set; } = "";

    /// <summary>Set of footprint factors that its figures rest on, as <c>name/edition</c>; "" where there is none.</summary>
    public string Footprint { get; set; } = "";

    /// <summary>Stretches between cuts, in order; at least one.</summary>
    public ReadOnlySpan<Segment> Segments => CollectionsMarshal.AsSpan(_segments);

    /// <summary>Inputs of all segments.</summary>
    public ReadOnlySpan<WindowInput> Inputs => CollectionsMarshal.AsSpan(_inputs);

    /// <summary>Gauges of all segments.</summary>
    public ReadOnlySpan<WindowGauge> Gauges => CollectionsMarshal.AsSpan(_gauges);

    /// <summary>Derived figures.</summary>
    public ReadOnlySpan<Figure> Figures => CollectionsMarshal.AsSpan(_figures);

    /// <summary>The key.</summary>
    public RecordKey Key => new(Unit, Kind, WindowId, Start);

    /// <summary>Observed share of the window, 0 to 1.</summary>
    public double Coverage => End > Start ? (double)CoveredMicros / (End - Start) : 0;

    /// <summary>Empties the record for its next use.</summary>
    public void Clear()
    {
        (Unit, Kind, WindowId, Start, End, Revision, CoveredMicros, Flags) = (0, default, "", 0, 0, default, 0, WindowFlags.None);
        _segments.Clear();
        _inputs.Clear();
        _gauges.Clear();
        _figures.Clear();
        ClearSets();
    }

    /// <summary>Takes away some figures and the names of sets, so that they can be worked out anew of what was measured.</summary>
    public void ClearFigures(Predicate<FigureId> which)
    {
        ArgumentNullException.ThrowIfNull(which);
        _figures.RemoveAll(f => which(f.Id));
        ClearSets();
    }

    private void ClearSets()
    {
        (Coefficients, Factors, Footprint) = ("", "", "");
        Flags &= ~(WindowFlags.FactorYear | WindowFlags.FactorUnverified);
    }

    /// <summary>Begins the next segment; inputs and gauges added from here on are its own.</summary>
    public void BeginSegment(long start, long end, SegmentCut cut, string? batch, in ByState stateMicros, string? product = null) => _segments.Add(new Segment
    {
        Start = start,
        End = end,
        Cut = cut,
        Batch = batch,
        Product = product,
        StateMicros = stateMicros,
        FirstInput = _inputs.Count,
        FirstGauge = _gauges.Count,
    });

    /// <summary>Adds an input to the newest segment.</summary>
    public void Add(in WindowInput input)
    {
        _inputs.Add(input);
        CollectionsMarshal.AsSpan(_segments)[^1].InputCount++;
    }

    /// <summary>Adds a gauge to the newest segment.</summary>
    public void Add(in WindowGauge gauge)
    {
        _gauges.Add(gauge);
        CollectionsMarshal.AsSpan(_segments)[^1].GaugeCount++;
    }

    /// <summary>Adds a figure.</summary>
    public void Add(in Figure figure) => _figures.Add(figure);

    /// <summary>Puts another input in the place of one.</summary>
    public void Replace(int index, in WindowInput input) => _inputs[index] = input;

    /// <summary>Takes all figures away, to be made anew.</summary>
    public void ClearFigures() => _figures.Clear();

    /// <summary>The inputs of <paramref name="segment"/>.</summary>
    public ReadOnlySpan<WindowInput> InputsOf(in Segment segment) => Inputs.Slice(segment.FirstInput, segment.InputCount);

    /// <summary>The gauges of <paramref name="segment"/>.</summary>
    public ReadOnlySpan<WindowGauge> GaugesOf(in Segment segment) => Gauges.Slice(segment.FirstGauge, segment.GaugeCount);

    /// <summary>Time in each state over all segments, microseconds.</summary>
    public ByState StateMicros()
    {
        var sum = default(ByState);
        foreach (ref readonly var segment in Segments)
        {
            for (var i = 0; i < 4; i++) sum[i] += segment.StateMicros[i];
        }
        return sum;
    }

    /// <summary>The figure with this id, or null.</summary>
    public Figure? FigureOf(FigureId id)
    {
        foreach (ref readonly var figure in Figures)
        {
            if (figure.Id == id) return figure;
        }
        return null;
    }
}
