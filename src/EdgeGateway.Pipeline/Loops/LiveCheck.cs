using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Pipeline.Loops;

/// <summary>Whether the process still does its work: Ingest has a tick every second, so a pulse that stands still for half a minute is dead. Thread-safe.</summary>
/// <param name="ingest">Ingest's pulse.</param>
/// <param name="store">What the disk does: waiting for a full one to be freed is what Ingest is to do then.</param>
/// <param name="time">For the wait.</param>
public sealed class LiveCheck(LoopPulse ingest, IStore store, TimeProvider time)
{
    private const long Limit = 30 * UtcMicros.PerSecond;
    private readonly Lock _gate = new();
    private long _progress = -1;
    private long _since;

    /// <summary>Null while it lives, else what stands still.</summary>
    public string? Problem()
    {
        var (progress, now) = (ingest.Progress, time.GetTimestamp());
        lock (_gate)
        {
            if (progress != _progress || store.Fault is not null) (_progress, _since) = (progress, now);
            var still = UtcMicros.From(time.GetElapsedTime(_since, now));
            return still < Limit ? null : $"Ingest has not moved for {still / UtcMicros.PerSecond} s.";
        }
    }
}
