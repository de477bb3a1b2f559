using EdgeGateway.Metering.Counters;
using EdgeGateway.Records.Binary;

namespace EdgeGateway.Metering.Windows;

/// <summary>Readings from within a gap that cannot lie on its line.</summary>
internal sealed partial class PastGap
{
    private const int Believed = 3;
    private readonly List<long> _contradictions = [];

    /// <summary>True where so many have contradicted it that none says anything any more.</summary>
    public bool IsContradicted => _contradictions.Count == Believed;

    /// <summary>
    /// A reading fits on one side only: it is false, or something else has happened than was counted, such as a reset or a jump out of sight. How often the register went around, none decides then.
    /// Where three say so, at times of their own, it is not known which to believe: when in the gap the energy passed is as open as it was without any.
    /// </summary>
    private bool Contradicted(in Reading reading)
    {
        if (_contradictions.Contains(reading.Time)) return false;
        _contradictions.Add(reading.Time);
        if (_count == GapCount.RoundsOpen) _count = GapCount.Unsure;
        if (_contradictions.Count < Believed || !IsCounted) return false;
        _changed = _line.Count > 2;
        _line.RemoveRange(1, _line.Count - 2);
        _count = GapCount.Unsure;
        return false;
    }

    private void SaveContradictions(ByteWriter w)
    {
        w.Unsigned((ulong)_contradictions.Count);
        foreach (var time in _contradictions) w.Signed(time);
    }

    private void LoadContradictions(ref ByteReader r)
    {
        for (var left = r.Count(1); left > 0 && !r.Failed; left--) _contradictions.Add(r.Signed());
        if (_contradictions.Count > Believed) throw new InvalidOperationException("Three contradictions are enough.");
    }
}
