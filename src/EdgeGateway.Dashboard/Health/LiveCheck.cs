using EdgeGateway.Records.Time;

namespace EdgeGateway.Dashboard.Health;

/// <summary>Whether the process still does its work: Ingest has a tick every second, so a pulse that stands still for half a minute is dead.</summary>
internal sealed class LiveCheck(IGatewayView gateway)
{
    private const long Limit = 30 * UtcMicros.PerSecond;
    private readonly Lock _gate = new();
    private long _progress = -1;
    private long _since;

    /// <summary>Null while it lives, else what stands still.</summary>
    public string? Problem()
    {
        var (progress, now) = (gateway.IngestPulse.Progress, gateway.Time.GetTimestamp());
        lock (_gate)
        {
            // While the disk refuses, waiting is what Ingest is to do: a start anew would lose what waits in memory.
            if (progress != _progress || gateway.Store.Fault is not null) (_progress, _since) = (progress, now);
            var still = UtcMicros.From(gateway.Time.GetElapsedTime(_since, now));
            return still < Limit ? null : $"Ingest has not moved for {still / UtcMicros.PerSecond} s.";
        }
    }
}
