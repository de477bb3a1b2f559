using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Metering.Carbon;

/// <summary>The value that holds from a time on, until the next step.</summary>
/// <param name="From">UTC microseconds.</param>
/// <param name="Holds">False where no row holds.</param>
/// <param name="PerBase">Value for one base unit.</param>
/// <param name="Verified">Whether its row is verified.</param>
/// <param name="OtherYear">True where the row is of another year than the activity.</param>
public sealed record ReferenceStep(long From, bool Holds, ExactDecimal PerBase, bool Verified, bool OtherYear)
{
    /// <summary>The row; null where none holds, and in a plan that was read back.</summary>
    public ReferenceRow? Row { get; init; }

    /// <summary>True where another value or another truth about it begins.</summary>
    public bool Differs(ReferenceStep before)
    {
        ArgumentNullException.ThrowIfNull(before);
        return (Holds, PerBase, Verified, OtherYear) != (before.Holds, before.PerBase, before.Verified, before.OtherYear);
    }

    internal void Save(ByteWriter w)
    {
        w.Signed(From);
        w.Byte((byte)((Holds ? 1 : 0) | (Verified ? 2 : 0) | (OtherYear ? 4 : 0)));
        w.Signed(PerBase.Mantissa);
        w.Byte((byte)PerBase.Exponent);
    }

    internal static ReferenceStep Load(ref ByteReader r)
    {
        var (from, bits) = (r.Signed(), r.Byte());
        return new ReferenceStep(from, (bits & 1) != 0, new ExactDecimal(r.Signed(), r.SByte(-ExactDecimal.MinExponent)), (bits & 2) != 0, (bits & 4) != 0);
    }
}
