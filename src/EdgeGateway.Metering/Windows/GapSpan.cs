using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Windows;

/// <summary>A gap over many base windows, or a stretch that was told otherwise before, kept as its two ends: every T inside it stays computable, whatever its length.</summary>
/// <param name="First">First boundary in it.</param>
/// <param name="Last">Last boundary in it.</param>
/// <param name="From">The accepted total before it.</param>
/// <param name="To">The accepted total that ended it.</param>
/// <param name="Flags">Flags of the whole stretch.</param>
/// <param name="OpenFlags">What else happened in the slice that ends at <paramref name="First"/>.</param>
/// <param name="OpenHole">What of that slice was not observed, the gap included.</param>
internal readonly record struct GapSpan(long First, long Last, Anchor From, Anchor To, WindowFlags Flags, WindowFlags OpenFlags, Hole OpenHole)
{
    /// <summary>True where it lasted longer than the greatest allowed gap.</summary>
    public bool IsGap => (Flags & WindowFlags.Gap) != 0;

    public bool Holds(long boundary) => boundary >= First && boundary <= Last;

    /// <summary>The edge at one of its boundaries.</summary>
    public Edge At(long boundary, Cutting cutting, long baseMicros)
    {
        var time = boundary * baseMicros;
        return new Edge(cutting.Total(From, To, time), cutting.Bound(From, To, time, Flags), IsGap && time < To.Time ? Basis.Estimated : Basis.Exact,
            boundary == First ? OpenFlags | Flags : Flags, boundary == First ? OpenHole : IsGap ? new Hole(0, (int)baseMicros) : default) { Doubt = Cutting.DoubtAt(From, To, time) };
    }

    public void Save(ByteWriter w)
    {
        w.Signed(First);
        w.Signed(Last);
        From.Save(w);
        To.Save(w);
        w.Unsigned((uint)Flags);
        w.Unsigned((uint)OpenFlags);
        w.Signed(OpenHole.Start);
        w.Signed(OpenHole.End);
    }

    public static GapSpan Load(ref ByteReader r, byte version) =>
        new(r.Signed(), r.Signed(), Anchor.Load(ref r, version), Anchor.Load(ref r, version), (WindowFlags)(uint)r.Unsigned(), (WindowFlags)(uint)r.Unsigned(), new Hole(r.Int32(), r.Int32()));
}
