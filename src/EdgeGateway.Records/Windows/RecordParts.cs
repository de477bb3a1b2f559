using System.Runtime.CompilerServices;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Records.Windows;

/// <summary>A number for each <see cref="MachineState"/>; indexed by its value.</summary>
[InlineArray(4)]
public struct ByState
{
    private long _element;

    /// <summary>Sum over all states.</summary>
    public readonly long Sum => this[0] + this[1] + this[2] + this[3];
}

/// <summary>A stretch of a window between two cuts. Its inputs and gauges are a range of the record's.</summary>
public struct Segment
{
    /// <summary>UTC microseconds, inclusive.</summary>
    public long Start { get; set; }

    /// <summary>UTC microseconds, exclusive.</summary>
    public long End { get; set; }

    /// <summary>Why it ends.</summary>
    public SegmentCut Cut { get; set; }

    /// <summary>Batch in work, or null.</summary>
    public string? Batch { get; set; }

    /// <summary>The product that a point says was made: its name, or a code that means none; "" where it is not known, null where no point says it.</summary>
    public string? Product { get; set; }

    /// <summary>Microseconds in each state.</summary>
    public ByState StateMicros { get; set; }

    /// <summary>Index of its first input in <see cref="WindowRecord.Inputs"/>.</summary>
    public int FirstInput { get; set; }

    /// <summary>How many inputs it has.</summary>
    public int InputCount { get; set; }

    /// <summary>Index of its first gauge in <see cref="WindowRecord.Gauges"/>.</summary>
    public int FirstGauge { get; set; }

    /// <summary>How many gauges it has.</summary>
    public int GaugeCount { get; set; }
}

/// <summary>What one counter gave to a segment: its totals at both edges, so that neighbouring windows share an edge and sums are exact.</summary>
public struct WindowInput
{
    /// <summary>Persisted point id.</summary>
    public int Point { get; set; }

    /// <summary>Register epoch: raised by a replaced meter or a changed address, scale, ratio or modulus.</summary>
    public int RegisterEpoch { get; set; }

    /// <summary>The part it plays.</summary>
    public InputRole Role { get; set; }

    /// <summary>What flows.</summary>
    public Carrier Carrier { get; set; }

    /// <summary>Unit of a step × ratio.</summary>
    public UnitOfMeasure Unit { get; set; }

    /// <summary>+1 or -1: how it enters the unit's sum.</summary>
    public sbyte Sign { get; set; }

    /// <summary>Total at the start, in 1/65 536 of a register step.</summary>
    public long T0 { get; set; }

    /// <summary>Total at the end.</summary>
    public long T1 { get; set; }

    /// <summary>One register step, in <see cref="Unit"/>.</summary>
    public ExactDecimal Step { get; set; }

    /// <summary>CT × PT, 1 where the register already counts primary energy.</summary>
    public ExactDecimal Ratio { get; set; }

    /// <summary>How the difference is known.</summary>
    public Basis Basis { get; set; }

    /// <summary>What else is to be known; lower sixteen bits.</summary>
    public WindowFlags Flags { get; set; }

    /// <summary>Greatest error of T1 − T0, in 1/65 536 of a step; the stated bound of an honest reader. <see cref="long.MaxValue"/> where none can be stated.</summary>
    public long Bound { get; set; }

    /// <summary>T1 − T0 split over the machine's states, in integer quanta that sum to it.</summary>
    public ByState ByState { get; set; }

    /// <summary>T1 − T0 with its sign, as an exact amount in base units.</summary>
    public readonly Amount Amount => Amount.Of(checked((T1 - T0) * Sign), Step, Ratio, Unit);

    /// <summary>T1 − T0 with its sign, in base units of <paramref name="dimension"/>: of a heat meter that counts kWh, the MJ.</summary>
    /// <exception cref="OverflowException">The input's unit cannot be turned into the dimension.</exception>
    public readonly Amount AmountIn(Dimension dimension) => Amount.Of(checked((T1 - T0) * Sign), Step, Ratio, Unit, dimension);

    /// <summary>The share of <paramref name="state"/> in <see cref="Amount"/>.</summary>
    public readonly Amount AmountIn(MachineState state) => Amount.Of(checked(ByState[(int)state] * Sign), Step, Ratio, Unit);

    /// <summary>The bound as an amount in base units; null where none can be stated.</summary>
    public readonly Amount? BoundAmount => Bound == long.MaxValue ? null : Amount.Of(Bound, Step, Ratio, Unit);
}

/// <summary>What one gauge did during a segment.</summary>
public struct WindowGauge
{
    /// <summary>Persisted point id.</summary>
    public int Point { get; set; }

    /// <summary>Value × seconds over the observed time; the mean is this ÷ observed seconds.</summary>
    public double Integral { get; set; }

    /// <summary>Observed time, microseconds.</summary>
    public long CoveredMicros { get; set; }

    /// <summary>Least value.</summary>
    public double Min { get; set; }

    /// <summary>Greatest value.</summary>
    public double Max { get; set; }

    /// <summary>Last value.</summary>
    public double Last { get; set; }
}

/// <summary>A derived figure, or the reason why there is none.</summary>
public struct Figure
{
    /// <summary>Which.</summary>
    public FigureId Id { get; set; }

    /// <summary>Its value, or null.</summary>
    public ExactDecimal? Value { get; set; }

    /// <summary>Why it is null.</summary>
    public FigureReason Reason { get; set; }

    /// <summary>How it is known: the worst of what it is made of.</summary>
    public Basis Basis { get; set; }
}
