using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Windows;

/// <summary>A counter's total at a window's edge, and what is known of the slice that ends there.</summary>
/// <param name="Total">T at the edge, in 1/65 536 of a step.</param>
/// <param name="Bound">Greatest error of it in the same unit; <see cref="long.MaxValue"/> where none can be stated.</param>
/// <param name="Basis">How it is known.</param>
/// <param name="Flags">What happened within the slice.</param>
/// <param name="Hole">What of the slice was not observed.</param>
internal readonly record struct Edge(long Total, long Bound, Basis Basis, WindowFlags Flags, Hole Hole)
{
    /// <summary>What may have passed otherwise than was counted.</summary>
    public Doubt Doubt { get; init; }

    public void Save(ByteWriter w)
    {
        w.Signed(Total);
        w.Signed(Bound);
        w.Byte((byte)Basis);
        w.Unsigned((uint)Flags);
        w.Signed(Hole.Start);
        w.Signed(Hole.End);
        Doubt.Save(w);
    }

    public static Edge Load(ref ByteReader r, byte version)
    {
        var edge = new Edge(r.Signed(), r.Signed(), (Basis)r.Byte(), (WindowFlags)(uint)r.Unsigned(), new Hole(r.Int32(), r.Int32()));
        return version > 5 ? edge with { Doubt = Doubt.Load(ref r) } : edge;
    }
}
