using System.Globalization;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Drivers.OpcUa.Lines;
using EdgeGateway.Drivers.OpcUa.Options;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.OpcUa.Services;
using EdgeGateway.Pipeline.Writing;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.OpcUa.Writing;

/// <summary>Writes one value to a node: asks for the node's type, writes in that type, reads back and compares. Thread-safe.</summary>
/// <param name="line">The session.</param>
internal sealed class NodeWriter(UaLine line)
{
    /// <summary>Writes <paramref name="number"/>, in the point's unit.</summary>
    public async Task<WriteOutcome> WriteAsync(PointMap point, double number, CancellationToken cancellationToken)
    {
        if (point.Kind is not (PointKind.Gauge or PointKind.State)) return Refused(point, $"a point of kind {point.Kind.ToString().ToLowerInvariant()} is not written");
        if (point.Options.Has(OpcUaOptions.Element) || point.Options.Has(OpcUaOptions.Field)) return Refused(point, "a part of an array or structure is not written");
        if (!TryResolve(point, out var node)) return Refused(point, "there is no session, or the server does not know the node");
        var scale = DeviceCheck.Scale(point).ToDouble();
        var (status, before) = await ReadAsync(node, cancellationToken);
        if (status.IsBad) return Refused(point, $"its type cannot be read ({status})");
        if (before is not { } type) return Refused(point, "it has no scalar value that would tell its type");
        if (NodeValue.Of(type.Type, point.Kind == PointKind.Gauge ? number / scale : number, out var value) is { } wrong) return Refused(point, wrong);
        var variant = new UaWriter();
        variant.Scalar(value.Type, value.Bits);
        (var service, status) = await line.AskAsync(AttributeServices.Write, (w, _) => AttributeServices.WriteWrite(w, node, variant.Written), (ref UaReader r) => Result(ref r), cancellationToken);
        if (service.IsBad) status = service;
        if (status.Code is StatusCodes.BadTimeout or StatusCodes.BadSecureChannelClosed) return new WriteOutcome(false, $"{point.Path}: no answer ({status}): whether the server took the value is not known.", null);
        if (status.IsBad) return Refused(point, $"the server refused it ({Words(status)})");
        (status, var after) = await ReadAsync(node, cancellationToken);
        if (status.IsBad || after is not { } told) return new WriteOutcome(false, $"{point.Path}: the server took the value, but it cannot be read back ({status}).", null);
        var back = told.Number * (point.Kind == PointKind.Gauge ? scale : 1);
        return told.Type == value.Type && told.Bits == value.Bits
            ? new WriteOutcome(true, string.Create(CultureInfo.InvariantCulture, $"{point.Path} is {back} now."), back)
            : new WriteOutcome(false, string.Create(CultureInfo.InvariantCulture, $"{point.Path}: the server took {number}, but reads back {back}: something else sets it, or it limits it."), back);
    }

    private bool TryResolve(PointMap point, out NodeId node)
    {
        var (found, id) = (false, default(NodeId));
        line.Enter((client, _) => found = client.Phase == EdgeGateway.OpcUa.Client.ClientPhase.Ready && client.Namespaces.TryResolve(point.Options.Get(OpcUaOptions.Node), out id));
        node = id;
        return found;
    }

    private async Task<(StatusCode Status, Scalar? Value)> ReadAsync(NodeId node, CancellationToken cancellationToken)
    {
        var (status, read) = await line.AskAsync(AttributeServices.Read, (w, _) => AttributeServices.WriteRead(w, TimestampsToReturn.Neither, [new ReadItem(node)]), (ref UaReader r) => Value(ref r), cancellationToken);
        return status.IsBad ? (status, null) : read;
    }

    private static (StatusCode, Scalar?) Value(ref UaReader r)
    {
        var values = new DataValue[1];
        if (!AttributeServices.ReadValues(ref r, values)) return (new StatusCode(StatusCodes.BadDecodingError), null);
        ref readonly var value = ref values[0].Value;
        if (values[0].Status.IsBad || value.IsArray || !value.TryDouble(out var number)) return (values[0].Status, null);
        return (values[0].Status, new Scalar(value.Type, value.Bits, number));
    }

    private static StatusCode Result(ref UaReader r)
    {
        var codes = new StatusCode[1];
        return AttributeServices.ReadStatuses(ref r, codes) ? codes[0] : new StatusCode(StatusCodes.BadDecodingError);
    }

    private static string Words(StatusCode status) => status.ToString() switch
    {
        "BadNotWritable" => "BadNotWritable: the node cannot be written",
        "BadUserAccessDenied" => "BadUserAccessDenied: this user may not write it",
        "BadOutOfRange" => "BadOutOfRange: the server allows no such value",
        var other => other,
    };

    private static WriteOutcome Refused(PointMap point, string why) => new(false, $"{point.Path}: {why}; nothing was written.", null);

    private readonly record struct Scalar(BuiltInType Type, ulong Bits, double Number);
}
