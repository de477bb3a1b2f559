using System.Numerics;
using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Units;

/// <summary>One counter over a stretch: its edges, and what happened between them. Neighbouring stretches add up to a longer one exactly.</summary>
internal struct InputSlice
{
    public long T0, T1, Bound0, Bound1;
    public long Doubt0, Doubt1;

    /// <summary>What parts may be off by of which only records are known.</summary>
    public long Doubt;
    public Basis Basis0, Basis1;
    public WindowFlags Flags;
    public ByState ByState;

    /// <summary>The stretch between two edges; what happened in it is said by the caller.</summary>
    public static InputSlice Between(in Edge start, in Edge end, WindowFlags flags, in ByState time) => new()
    {
        T0 = start.Total,
        T1 = end.Total,
        Bound0 = start.Bound,
        Bound1 = end.Bound,
        Doubt0 = start.Doubt.Before,
        Doubt1 = end.Doubt.Behind,
        Basis0 = start.Basis,
        Basis1 = end.Basis,
        Flags = flags,
        ByState = StateSplit.Of(end.Total - start.Total, time),
    };

    /// <summary>What may have passed otherwise than was counted.</summary>
    public readonly long Allowance => Math.Min(Math.Max(0, Doubt1 - Doubt0) + Doubt, Windows.Doubt.NoLimit);

    /// <summary>Adds the stretch that follows.</summary>
    public void Add(in InputSlice later)
    {
        (T1, Bound1, Doubt1, Basis1) = (later.T1, later.Bound1, later.Doubt1, later.Basis1);
        Doubt = Math.Min(Doubt + later.Doubt, Windows.Doubt.NoLimit);
        Flags |= later.Flags;
        for (var i = 0; i < 4; i++) ByState[i] += later.ByState[i];
    }

    /// <summary>The edges have moved: what that adds was not seen in any state.</summary>
    public void Move(in Edge? start, in Edge? end, WindowFlags clear, WindowFlags flags)
    {
        var before = T1 - T0;
        if (start is { } first) (T0, Bound0, Doubt0, Basis0) = (first.Total, first.Bound, first.Doubt.Before, first.Basis);
        if (end is { } last) (T1, Bound1, Doubt1, Basis1) = (last.Total, last.Bound, last.Doubt.Behind, last.Basis);
        Flags = (Flags & ~clear) | flags;
        StateSplit.Lift(ref ByState, T1 - T0 - before);
    }

    /// <summary>Ends at an edge, where <paramref name="second"/>, which was its copy, begins: by state they share as they share the energy. What may have passed otherwise may have in either.</summary>
    public void Divide(ref InputSlice second, in Edge edge)
    {
        (T1, Bound1, Basis1) = (edge.Total, edge.Bound, edge.Basis);
        (second.T0, second.Bound0, second.Basis0) = (edge.Total, edge.Bound, edge.Basis);
        var sizes = default(ByState);
        for (var i = 0; i < 4; i++) sizes[i] = Math.Abs(ByState[i]);
        ByState = StateSplit.Of(T1 - T0, sizes);
        for (var i = 0; i < 4; i++) second.ByState[i] -= ByState[i];
    }

    /// <summary>Tells it in the steps of a register that has become another one, seen from the newest total, which stays.</summary>
    public void Rescale(long newest, (BigInteger Numerator, BigInteger Denominator) factor, in ByState time)
    {
        (T0, T1) = (EdgeResampling.Rescale(T0, newest, factor), EdgeResampling.Rescale(T1, newest, factor));
        (Bound0, Bound1) = (EdgeResampling.RescaleBound(Bound0, factor), EdgeResampling.RescaleBound(Bound1, factor));
        (Doubt0, Doubt1, Doubt) = (Windows.Doubt.Rescale(Doubt0, factor), Windows.Doubt.Rescale(Doubt1, factor), Windows.Doubt.Rescale(Doubt, factor));
        for (var i = 0; i < 4; i++) ByState[i] = (long)BigInteger.Divide(ByState[i] * factor.Numerator, factor.Denominator);
        var rest = StateSplit.Of(T1 - T0 - ByState.Sum, time);
        for (var i = 0; i < 4; i++) ByState[i] += rest[i];
    }

    public readonly void Save(ByteWriter w)
    {
        w.Signed(T0);
        w.Signed(T1 - T0);
        w.Signed(Bound0);
        w.Signed(Bound1);
        w.Signed(Doubt0);
        w.Signed(Doubt1);
        w.Signed(Doubt);
        w.Byte((byte)((byte)Basis0 << 4 | (byte)Basis1));
        w.Unsigned((uint)Flags);
        for (var i = 0; i < 4; i++) w.Signed(ByState[i]);
    }

    public static InputSlice Load(ref ByteReader r, byte version)
    {
        var slice = new InputSlice { T0 = r.Signed() };
        slice.T1 = slice.T0 + r.Signed();
        (slice.Bound0, slice.Bound1) = (r.Signed(), r.Signed());
        if (version > 5) (slice.Doubt0, slice.Doubt1, slice.Doubt) = (r.Signed(), r.Signed(), r.Signed());
        var basis = r.Byte();
        (slice.Basis0, slice.Basis1, slice.Flags) = ((Basis)(basis >> 4), (Basis)(basis & 15), (WindowFlags)(uint)r.Unsigned());
        for (var i = 0; i < 4; i++) slice.ByState[i] = r.Signed();
        // Up to version 5 it was not kept how far an ambiguous stretch may be off.
        if (version < 6 && (slice.Flags & WindowFlags.Ambiguous) != 0) slice.Doubt = Windows.Doubt.NoLimit;
        return slice;
    }
}
