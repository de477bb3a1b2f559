using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Windows;

namespace EdgeGateway.Metering;

/// <summary>Samples that come behind newer ones.</summary>
public sealed partial class MeteringCore
{
    private bool _refined;

    /// <summary>Takes a late sample in; true where the track has moved by it already. What is taken into a gap of long ago is told once an entry.</summary>
    private bool TakeLate(CounterTrack track, in Reading reading)
    {
        Counters.Late++;
        var inGap = track.TryTakeInGap(reading);
        var taken = inGap ?? track.TryTakeLate(reading);
        if (taken) Counters.Refined++;
        else Counters.Unused++;
        _refined |= inGap == true;
        return taken && inGap is null;
    }

    /// <summary>What is held takes refined gaps at once, what is stated and over is a job.</summary>
    private void TellRefined(in EntryStamp entry)
    {
        _refined = false;
        foreach (var (slot, track) in _tracks.Counters.All())
        {
            foreach (var told in track.Refined(entry.Seq))
            {
                foreach (var unit in _tracks.UnitsOf(slot)) _units[unit].Lift(slot, told);
                Mark(slot);
            }
        }
    }
}
