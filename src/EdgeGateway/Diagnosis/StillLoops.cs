using System.Runtime.CompilerServices;
using EdgeGateway.Pipeline.Loops;

namespace EdgeGateway.Diagnosis;

/// <summary>Finds loops that have something to do and do not move. A loop that waits for work is as it should be; so is Ingest while it waits for a store that cannot write or is writing.</summary>
/// <param name="loops">The loops that run now; asked at every look, because a reload changes them.</param>
/// <param name="storeHolds">Whether the store holds Ingest up at present, as it is to do while the disk refuses.</param>
/// <param name="time">The clock.</param>
internal sealed class StillLoops(Func<IEnumerable<WatchedLoop>> loops, Func<bool> storeHolds, TimeProvider time)
{
    /// <summary>Name of the loop that the store may hold up.</summary>
    public const string Ingest = "ingest";

    private readonly ConditionalWeakTable<LoopPulse, Seen> _seen = [];

    /// <summary>A sentence about the first loop that stands still, or null.</summary>
    public string? Find()
    {
        var (now, found) = (time.GetTimestamp(), (string?)null);
        foreach (var loop in loops())
        {
            var seen = _seen.GetValue(loop.Pulse, _ => new Seen());
            var progress = loop.Pulse.Progress;
            if (seen.Progress != progress || loop.Pulse.Quiet || (loop.Name == Ingest && storeHolds())) (seen.Progress, seen.Since) = (progress, now);
            else if (time.GetElapsedTime(seen.Since, now) is var still && still >= loop.Limit) found ??= FormattableString.Invariant($"The loop {loop.Name} has work and has not moved for {still.TotalSeconds:0} s.");
        }
        return found;
    }

    private sealed class Seen
    {
        public long Progress { get; set; } = -1;

        public long Since { get; set; }
    }
}
