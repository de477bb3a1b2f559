using EdgeGateway.Pipeline.Control;
using EdgeGateway.Pipeline.Loops;
using EdgeGateway.Pipeline.Storing;

namespace EdgeGateway.Control;

/// <summary><c>health</c>: whether the process still does its work, for a container's health check. A silent device or broker is no reason to start again.</summary>
/// <param name="ingest">Ingest's pulse: it has a tick every second.</param>
/// <param name="store">What the disk does.</param>
/// <param name="time">For the wait.</param>
internal sealed class HealthControl(LoopPulse ingest, IStore store, TimeProvider time) : IControlCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4), Look = TimeSpan.FromMilliseconds(100);

    public string Name => "health";

    public async Task<ControlReply> RunAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        var (activity, begin) = (ingest.Progress, time.GetTimestamp());
        while (ingest.Progress == activity)
        {
            // Waiting for a full disk to be freed is what it is to do then.
            if (store.Fault is { } fault) return ControlReply.Done($"Lives; the store cannot write: {fault}");
            if (time.GetElapsedTime(begin) >= Limit) return ControlReply.Refused($"Ingest has not moved for {Limit.TotalSeconds:0} s.");
            await Task.Delay(Look, time, cancellationToken);
        }
        return ControlReply.Done("Lives.");
    }
}
