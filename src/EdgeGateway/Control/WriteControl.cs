using EdgeGateway.Pipeline.Control;
using EdgeGateway.Pipeline.Writing;

namespace EdgeGateway.Control;

/// <summary><c>write</c>: a value to a point of the running gateway.</summary>
/// <param name="gate">The way to the devices, or null where writes are not enabled.</param>
internal sealed class WriteControl(WriteGate? gate) : IControlCommand
{
    public string Name => "write";

    public async Task<ControlReply> RunAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        if (gate is null) return ControlReply.Refused("This gateway only reads: start it with 'edgegateway run --enable-writes' to let it write points marked writable.");
        if (request.Argument("point") is not { } point || request.Argument("value") is not { } value) return ControlReply.Refused("write takes 'point' and 'value'.");
        var outcome = await gate.WriteAsync(point, value, request.By, cancellationToken);
        return new ControlReply(outcome.Written, [outcome.Detail]);
    }
}
