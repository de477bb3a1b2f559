using System.Runtime.InteropServices;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Units;

/// <summary>A unit over a stretch, in pieces: each reaches from one cut to the next. Pieces are reused.</summary>
internal sealed class UnitSum(UnitLayout layout)
{
    /// <summary>Pieces of a window beyond which products are not told apart any more, whatever a code does.</summary>
    private const int MostProducts = 256;

    private readonly List<UnitSlice> _pieces = [new UnitSlice(layout)];
    private int _count = 1;

    /// <summary>The pieces in order; at least one. Lent until the next change.</summary>
    public ReadOnlySpan<UnitSlice> Pieces => CollectionsMarshal.AsSpan(_pieces)[.._count];

    /// <summary>UTC microseconds.</summary>
    public long Start => _pieces[0].Start;

    /// <summary>UTC microseconds; <see cref="Start"/> where it is empty.</summary>
    public long End => _pieces[_count - 1].End;

    /// <summary>Empties it, to begin at a time.</summary>
    public void Begin(long start)
    {
        _count = 1;
        _pieces[0].Begin(start);
    }

    /// <summary>True where a piece says what was made.</summary>
    public bool SaysProducts => _pieces.FindIndex(0, _count, p => p.Product is not null) >= 0;

    /// <summary>Adds the stretch that follows to the newest piece, or where another product is made, to one of its own.</summary>
    public void Add(UnitSlice later)
    {
        var newest = _pieces[_count - 1];
        if (newest.End > newest.Start && newest.Product != later.Product)
        {
            if (_count < MostProducts) Split(SegmentCut.Product);
            else newest.Product = ProductTrack.Unknown;
        }
        _pieces[_count - 1].Add(later);
    }

    /// <summary>Ends the newest piece and begins another; nothing where it is empty.</summary>
    public void Split(SegmentCut cut)
    {
        var piece = _pieces[_count - 1];
        if (piece.End == piece.Start) return;
        piece.Cut = cut;
        Room().Begin(piece.End);
    }

    /// <summary>Appends a piece of its own, to be filled.</summary>
    public UnitSlice Append() => Room();

    /// <summary>Has no piece, until one is appended.</summary>
    public void Clear() => _count = 0;

    /// <summary>Becomes a copy of another one of the same unit.</summary>
    public void CopyFrom(UnitSum other)
    {
        _count = 0;
        foreach (var piece in other.Pieces) Room().CopyFrom(piece);
    }

    /// <summary>Cuts the piece that holds a time in two there, as far as can be said: edges by what is given, the rest by shares of time and energy.</summary>
    /// <param name="time">UTC microseconds.</param>
    /// <param name="cut">Why.</param>
    /// <param name="edgeOf">The edge of an input at the time, by its index in the layout and the whole piece.</param>
    public bool Divide(long time, SegmentCut cut, Func<int, UnitSlice, Windows.Edge> edgeOf)
    {
        var index = _pieces.FindIndex(0, _count, p => p.Start < time && p.End > time);
        if (index < 0) return false;
        var (first, second) = (_pieces[index], new UnitSlice(layout));
        second.CopyFrom(first);
        (first.End, first.Cut) = (time, cut);
        var (whole, share) = (second.End - first.Start, time - first.Start);
        for (var i = 0; i < 4; i++) first.State[i] = (long)((Int128)second.State[i] * share / whole);
        first.State[(int)MachineState.Unknown] += share - first.State.Sum;
        for (var i = 0; i < 4; i++) second.State[i] -= first.State[i];
        first.Covered = (long)((Int128)second.Covered * share / whole);
        second.Covered -= first.Covered;
        for (var i = 0; i < first.Inputs.Length; i++) first.Inputs[i].Divide(ref second.Inputs[i], edgeOf(i, second));
        second.Start = time;
        Array.Clear(first.Gauges);
        _pieces.Insert(index + 1, second);
        _count++;
        return true;
    }

    /// <summary>Appends the state.</summary>
    public void Save(ByteWriter w, MeteringPlan plan)
    {
        w.Unsigned((ulong)_count);
        foreach (var piece in Pieces) piece.Save(w, plan);
    }

    /// <summary>Reads a state back; see <see cref="UnitSlice.Load"/>.</summary>
    public void Load(ref ByteReader r, byte version, long savedBase, Func<int, int> slotOf, bool[] found)
    {
        _count = 0;
        for (var left = version > 3 ? r.Count(10) : 1; left > 0 && !r.Failed; left--) Room().Load(ref r, version, savedBase, slotOf, found);
        if (_count == 0) throw new InvalidOperationException("A sum has at least one piece.");
    }

    /// <summary>Appends what was made in each piece.</summary>
    public void SaveProducts(ByteWriter w)
    {
        w.Unsigned((ulong)_count);
        foreach (var piece in Pieces)
        {
            w.Byte(piece.Product is null ? (byte)0 : (byte)1);
            if (piece.Product is not null) w.Text(piece.Product);
        }
    }

    /// <summary>What <see cref="SaveProducts"/> wrote.</summary>
    public static string?[] LoadProducts(ref ByteReader r)
    {
        var products = new string?[r.Count(1)];
        for (var i = 0; i < products.Length && !r.Failed; i++) products[i] = r.Byte() != 0 ? r.Text() : null;
        return products;
    }

    /// <summary>What was made in each piece; nothing where they are others.</summary>
    public void TakeProducts(string?[] products)
    {
        for (var i = 0; i < _count && products.Length == _count; i++) _pieces[i].Product = products[i];
    }

    private UnitSlice Room()
    {
        if (_count == _pieces.Count) _pieces.Add(new UnitSlice(layout));
        return _pieces[_count++];
    }
}
