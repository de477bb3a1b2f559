using EdgeGateway.Pipeline.Control;
using EdgeGateway.Reloading;

namespace EdgeGateway.Control;

/// <summary><c>config</c>: the configurations that ran.</summary>
internal sealed class ConfigControl(PlanHistory history) : IControlCommand
{
    public string Name => "config";

    public Task<ControlReply> RunAsync(ControlRequest request, CancellationToken cancellationToken) => Task.FromResult(history.Answer(request));
}
