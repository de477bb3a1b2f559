using System.Globalization;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Units;

/// <summary>Codes that a point says: of batches, and of what is made.</summary>
internal sealed partial class UnitTrack
{
    private readonly ProductTrack? _product;

    /// <summary>Takes a reading of a code; true where more is settled than was.</summary>
    public bool Code(int slot, long time, string? text, long number, IMeteringOutput output)
    {
        var more = slot == _layout.Plan.BatchSlot && Batch(time, text ?? number.ToString(CultureInfo.InvariantCulture), output);
        if (slot != _layout.Plan.ProductSlot) return more;
        // A product is called by the state's word, as the map writes states; a batch, whose key is durable, by its number.
        var isState = _tracks.Plan.Points[slot].Kind == PointKind.State;
        return Product(time, text ?? (isState ? ((MachineState)(byte)number).Word() : number.ToString(CultureInfo.InvariantCulture))) | more;
    }

    private bool Product(long time, string text)
    {
        var (settled, candidate) = (_product!.SettledTo, _product.Candidate);
        var from = _product.Take(time, text, _windows.FirmTo * _tracks.BaseMicros, out var confirmed);
        if (candidate is { } left && _product.Candidate != left && !confirmed) ForPoints(left, cut: false);
        if (_product.Candidate is { } seen && seen != candidate) ForPoints(seen, cut: true);
        if (from is { } changed) Dirty(changed);
        return from is not null || settled / _tracks.BaseMicros != _product.SettledTo / _tracks.BaseMicros;
    }

    /// <summary>The first boundary at which a product may still be said otherwise.</summary>
    private long OldestProduct()
    {
        var oldest = Math.Min(_product?.UnseenFrom ?? Clean, _product?.Candidate ?? Clean);
        return oldest == Clean ? Clean : Records.Time.UtcMicros.Floor(oldest, _tracks.BaseMicros) / _tracks.BaseMicros;
    }

    private void SealProduct(long boundary)
    {
        if (_product?.Seal(boundary * _tracks.BaseMicros, _windows.FirmTo * _tracks.BaseMicros) is { } from) Dirty(from);
    }

    /// <summary>True where the state has to be kept in a section of its own.</summary>
    public bool SaysProducts => _product is not null || _windows.SaysProducts;

    /// <summary>Appends which product is made, and was made in open windows.</summary>
    public void SaveProducts(ByteWriter w)
    {
        w.Byte(_product is null ? (byte)0 : (byte)1);
        _product?.Save(w);
        _windows.SaveProducts(w);
    }

    /// <summary>Reads a state back, behind the unit's own.</summary>
    public void LoadProducts(ref ByteReader r)
    {
        if (r.Byte() != 0) (_product ?? new ProductTrack(null, 0, _tracks.BaseMicros)).Load(ref r);
        _windows.LoadProducts(ref r);
        _product?.Rename(Next * _tracks.BaseMicros);
    }
}
