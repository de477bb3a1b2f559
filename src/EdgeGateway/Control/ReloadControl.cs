using EdgeGateway.Pipeline.Control;
using EdgeGateway.Reloading;

namespace EdgeGateway.Control;

/// <summary><c>reload</c>: the map's files again, put in force by their difference.</summary>
internal sealed class ReloadControl(MapReload reload) : IControlCommand
{
    public string Name => "reload";

    public Task<ControlReply> RunAsync(ControlRequest request, CancellationToken cancellationToken) => reload.RunAsync(request.By, request.Argument("dry_run") == "true", cancellationToken, request.Language);
}
