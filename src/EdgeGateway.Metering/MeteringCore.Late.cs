using System.Globalization;
using EdgeGateway.Metering.Amendments;
using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering;

/// <summary>Samples that come behind newer ones.</summary>
public sealed partial class MeteringCore
{
    // Slots of counters whose gaps have something to tell at the end of the entry.
    private readonly SortedSet<int> _refined = [];

    /// <summary>Takes a late sample in; true where the track has moved by it already. What is taken into a gap of long ago is told once an entry.</summary>
    private bool TakeLate(int slot, CounterTrack track, in Reading reading)
    {
        Counters.Late++;
        var inGap = track.TryTakeInGap(reading);
        var taken = inGap ?? track.TryTakeLate(reading);
        if (taken) Counters.Refined++;
        else Counters.Unused++;
        // One that does not fit may take back what others said.
        if (inGap is not null) _refined.Add(slot);
        return taken && inGap is null;
    }

    private static GatewayEvent Settled(CounterTrack track, Amendment told) => new(EventKind.RoundsSettled, told.Stretches[^1].To.Time, track.Point.Path,
    [
        .. Span(told),
        new("more_rounds", (told.Shift / CounterLine.One / track.Point.Counter!.Modulus!.Value).ToString(CultureInfo.InvariantCulture)),
    ]);

    private static KeyValuePair<string, string>[] Span(Amendment told) => [new("from", UtcMicros.Format(told.From)), new("to", UtcMicros.Format(told.Stretches[^1].To.Time))];

    /// <summary>What is held takes refined gaps at once, what is stated and over is a job.</summary>
    private void TellRefined(in EntryStamp entry, IMeteringOutput output)
    {
        foreach (var slot in _refined)
        {
            var track = _tracks.Counters[slot]!;
            foreach (var told in track.Refined(entry.Seq))
            {
                if (told.Clear != WindowFlags.None) output.Event(Settled(track, told));
                else if (told.IsReset)
                {
                    Counters.Resets++;
                    output.Event(new GatewayEvent(EventKind.Reset, told.Stretches[^1].To.Time, track.Point.Path, Span(told)));
                }
                foreach (var unit in _tracks.UnitsOf(slot)) _units[unit].Lift(slot, told);
                Mark(slot);
            }
        }
        _refined.Clear();
    }
}
