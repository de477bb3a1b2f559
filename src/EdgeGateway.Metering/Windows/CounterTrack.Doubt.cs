using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Windows;

/// <summary>Stretches of which more than one count is possible.</summary>
internal sealed partial class CounterTrack
{
    private LostStretches? _uncertain;

    /// <summary>Of flags that are to be taken back of a window, those that nothing else in it asks for.</summary>
    public WindowFlags Cleared(WindowFlags clear, long start, long end)
    {
        if (clear == WindowFlags.None) return clear;
        if (Lost.Touches(start, end)) clear &= ~WindowFlags.Missing;
        return _uncertain is { } uncertain && uncertain.Touches(start, end) ? clear & ~WindowFlags.Ambiguous : clear;
    }

    private void LoadUncertain(ref ByteReader r, byte version)
    {
        if (version > 5 && r.Byte() == 0) return;
        _uncertain = new LostStretches();
        if (version > 5) _uncertain.Load(ref r);
        // Up to version 5 they were not kept.
        else _uncertain.Forget(_last.Time);
    }

    /// <summary>Up to version 5 it was not kept how far an ambiguous stretch may be off: anything possible is assumed.</summary>
    private void Doubted(List<(long Boundary, Edge Item)> held)
    {
        var (doubt, span) = (0L, 0);
        for (var i = 0; i <= held.Count; i++)
        {
            for (; span < _spans.Count && (i == held.Count || _spans[span].Last < held[i].Boundary); span++)
            {
                var behind = Behind(_spans[span].Flags | _spans[span].OpenFlags);
                _spans[span] = _spans[span] with { From = _spans[span].From with { Doubt = doubt }, To = _spans[span].To with { Doubt = behind } };
                doubt = behind;
            }
            if (i == held.Count) break;
            var next = Behind(held[i].Item.Flags);
            held[i] = (held[i].Boundary, held[i].Item with { Doubt = new Doubt(doubt, next) });
            doubt = next;
        }
        doubt = Behind(_flags);
        _last = _last with { Doubt = doubt };
        Line.Doubted(doubt);

        // Seven are as many as sixty: further ones are not told apart.
        long Behind(WindowFlags flags) => (flags & WindowFlags.Ambiguous) != 0 ? Math.Min(doubt + Doubt.NoLimit, 7 * Doubt.NoLimit) : doubt;
    }
}
