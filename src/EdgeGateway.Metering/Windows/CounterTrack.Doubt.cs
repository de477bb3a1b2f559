using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Windows;

/// <summary>Stretches of which more than one count is possible.</summary>
internal sealed partial class CounterTrack
{
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
