using System.Globalization;
using EdgeGateway.Metering.Amendments;
using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering;

/// <summary>Samples that come behind newer ones.</summary>
public sealed partial class MeteringCore
{
    // Slots of counters whose gaps have something to tell at the end of the entry.
    private readonly SortedSet<int> _refined = [];

    /// <summary>Takes a late sample in; true where the track has moved by it already. What is taken into a gap of long ago is told once an entry.</summary>
    private bool TakeLate(int slot, CounterTrack track, in Reading reading, Quality quality, IMeteringOutput output)
    {
        Counters.Late++;
        PastGap? contradicted = null;
        var inGap = quality == Quality.Good ? track.TryTakeInGap(reading, out contradicted) : null;
        if (contradicted is not null)
        {
            Counters.Suspects++;
            output.Event(new GatewayEvent(EventKind.Suspect, reading.Time, track.Point.Path, [new("value", reading.Value.ToString(CultureInfo.InvariantCulture)), new("from", UtcMicros.Format(contradicted.From.Time)), new("to", UtcMicros.Format(contradicted.To.Time))]));
        }
        var taken = inGap ?? track.TryTakeLate(reading);
        if (taken) Counters.Refined++;
        else Counters.Unused++;
        // One that does not fit may take back what others said.
        if (inGap is not null) _refined.Add(slot);
        return taken && inGap is null;
    }

    private static GatewayEvent Settled(CounterTrack track, Amendment told) => new(EventKind.RoundsSettled, told.Stretches[^1].To.Time, track.Point.Path,
    [
        new("from", UtcMicros.Format(told.From)), new("to", UtcMicros.Format(told.Stretches[^1].To.Time)),
        new("more_rounds", (told.Shift / CounterLine.One / track.Point.Counter!.Modulus!.Value).ToString(CultureInfo.InvariantCulture)),
    ]);

    /// <summary>What is held takes refined gaps at once, what is stated and over is a job.</summary>
    private void TellRefined(in EntryStamp entry, IMeteringOutput output)
    {
        foreach (var slot in _refined)
        {
            var track = _tracks.Counters[slot]!;
            foreach (var told in track.Refined(entry.Seq))
            {
                if (told.Clear != WindowFlags.None) output.Event(Settled(track, told));
                foreach (var unit in _tracks.UnitsOf(slot)) _units[unit].Lift(slot, told);
                Mark(slot);
            }
        }
        _refined.RemoveWhere(slot => !_tracks.Counters[slot]!.HasRefined);
    }

    /// <summary>What was not told yet is told by the next entry.</summary>
    private void RememberRefined()
    {
        _refined.Clear();
        foreach (var (slot, track) in _tracks.Counters.All())
        {
            if (track.HasRefined) _refined.Add(slot);
        }
    }
}
