using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Amendments;

/// <summary>A piece of a counter's line as it is now known: between two accepted totals nothing was seen.</summary>
/// <param name="From">The total before.</param>
/// <param name="To">The total behind.</param>
/// <param name="Flags">What is to be said of the piece.</param>
internal readonly record struct Stretch(Anchor From, Anchor To, WindowFlags Flags)
{
    /// <summary>True where a time lies in it, its start excluded.</summary>
    public bool Holds(long time) => time > From.Time && time <= To.Time;

    /// <summary>The edge at a time in it.</summary>
    public Edge At(long time, Cutting cutting) =>
        new(cutting.Total(From, To, time), cutting.Bound(From, To, time, Flags), time < To.Time && (Flags & WindowFlags.Gap) != 0 ? Basis.Estimated : Basis.Exact, Flags, default) { Doubt = Cutting.DoubtAt(From, To, time) };

    public void Save(ByteWriter w)
    {
        From.Save(w);
        To.Save(w);
        w.Unsigned((uint)Flags);
    }

    public static Stretch Load(ref ByteReader r, byte version) => new(Anchor.Load(ref r, version), Anchor.Load(ref r, version), (WindowFlags)(uint)r.Unsigned());
}
