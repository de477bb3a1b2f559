using System.Collections.Immutable;
using EdgeGateway.Drivers.OpcUa.Lines;
using EdgeGateway.Drivers.OpcUa.Options;
using EdgeGateway.OpcUa.Client;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.OpcUa.Services;

namespace EdgeGateway.Drivers.OpcUa.Points;

/// <summary>Asks a server how its structures lie in their bytes: DataType of the node, DataTypeDefinition of the type, and so on down to built-in types. For one session, off the hot path.</summary>
/// <param name="line">The session.</param>
internal sealed class StructureTypes(UaLine line)
{
    private const int MostDepth = 10, MostTypes = 500;
    private readonly Dictionary<NodeId, (BuiltInType Type, StructureLayout? Layout)> _known = [];

    /// <summary>Gives every track with a field its layout, and says under the line's gate what came of it.</summary>
    public async Task TellAsync(PointTrack[] tracks, Action<int, string?> said)
    {
        for (var i = 0; i < tracks.Length; i++)
        {
            if (tracks[i].Decoder.Field is not { } path) continue;
            var (layout, problem) = await OfAsync(tracks[i].Point.Map.Options.Get(OpcUaOptions.Node));
            problem ??= layout!.Check(path);
            var index = i;
            line.Enter((_, _) =>
            {
                tracks[index].Decoder.Layout = problem is null ? layout : null;
                said(index, problem);
            });
        }
    }

    private async Task<(StructureLayout? Layout, string? Problem)> OfAsync(NodeAddress address)
    {
        var node = default(NodeId);
        var found = false;
        line.Enter((client, _) => found = client.Phase == ClientPhase.Ready && client.Namespaces.TryResolve(address, out node));
        if (!found) return (null, "the server does not know its namespace");
        var (status, type) = await AskAsync(node, Attributes.DataType, (in Variant v, ReadOnlySpan<byte> m) => v.Type == BuiltInType.NodeId && !v.IsArray ? new UaReader(v.Content(m)).NodeId() : default);
        if (status.IsBad || type.IsNull) return (null, $"its data type cannot be read ({status})");
        var (builtIn, layout) = await TypeAsync(type, 0);
        return layout is not null ? (layout, null) : (null, builtIn == BuiltInType.ExtensionObject ? "the server does not describe its structure (no DataTypeDefinition)" : $"it is no structure but {builtIn}");
    }

    private async Task<(BuiltInType Type, StructureLayout? Layout)> TypeAsync(NodeId type, int depth)
    {
        if (type is { Namespace: 0, Kind: NodeIdKind.Number, Number: >= 1 and <= 25 }) return ((BuiltInType)type.Number, null);
        if (_known.TryGetValue(type, out var known)) return known;
        // A structure within itself, or a server that never comes to an end.
        if (depth >= MostDepth || _known.Count >= MostTypes) return (BuiltInType.ExtensionObject, null);
        var (status, definition) = await AskAsync(type, Attributes.DataTypeDefinition, (in Variant v, ReadOnlySpan<byte> m) => (Structure: StructureDefinition.Read(v, m), IsEnum: IsEnum(v, m)));
        (BuiltInType, StructureLayout?) told;
        if (!status.IsBad && definition.IsEnum) told = (BuiltInType.Int32, null);
        else if (!status.IsBad && definition.Structure is { } structure) told = (BuiltInType.ExtensionObject, await LayoutAsync(structure, depth));
        // No definition of its own: it is a built-in type under another name, such as Duration.
        else told = await SupertypeAsync(type) is { IsNull: false } super ? await TypeAsync(super, depth + 1) : (BuiltInType.ExtensionObject, null);
        return _known[type] = told;
    }

    private async Task<StructureLayout?> LayoutAsync(StructureDefinition definition, int depth)
    {
        var fields = ImmutableArray.CreateBuilder<LayoutField>(definition.Fields.Length);
        foreach (var field in definition.Fields)
        {
            if (field.IsMatrix) return null;
            var (type, nested) = await TypeAsync(field.DataType, depth + 1);
            // An abstract number is encoded as a Variant.
            if (type is > BuiltInType.DiagnosticInfo) type = BuiltInType.Variant;
            fields.Add(new LayoutField(field.Name, type, nested, field.IsArray, field.IsOptional));
        }
        return new StructureLayout(definition.Encoding, definition.Form, fields.ToImmutable());
    }

    private async Task<NodeId> SupertypeAsync(NodeId type)
    {
        var (status, results) = await line.AskAsync(ViewServices.Browse, (w, _) => ViewServices.WriteBrowseSupertype(w, type), (ref UaReader r) => ViewServices.ReadBrowse(ref r, 1), CancellationToken.None);
        if (status.IsBad || results is null || results[0].References.Count == 0) return default;
        var number = results[0].References[0].Target;
        // Number, Integer and UInteger are abstract: such a field holds a Variant.
        return number.Node is { Namespace: 0, Kind: NodeIdKind.Number, Number: 26 or 27 or 28 } ? new NodeId(0, (uint)BuiltInType.Variant) : number.Node;
    }

    private static bool IsEnum(in Variant value, ReadOnlySpan<byte> message)
    {
        if (value.Type != BuiltInType.ExtensionObject || value.IsArray) return false;
        var r = new UaReader(message);
        r.Skip(value.Offset);
        ExtensionObject.Read(ref r, out var structure);
        return !r.Failed && structure.TypeId(message) == new NodeId(0, StructureDefinition.EnumEncodingId);
    }

    private delegate T Taker<out T>(in Variant value, ReadOnlySpan<byte> message);

    private async Task<(StatusCode Status, T? Value)> AskAsync<T>(NodeId node, uint attribute, Taker<T> take)
    {
        var (status, read) = await line.AskAsync(AttributeServices.Read, (w, _) => AttributeServices.WriteRead(w, TimestampsToReturn.Neither, [new ReadItem(node, attribute)]), (ref UaReader r) =>
        {
            var values = new DataValue[1];
            if (!AttributeServices.ReadValues(ref r, values)) return (new StatusCode(StatusCodes.BadDecodingError), default(T));
            return (values[0].Status, values[0].Status.IsBad ? default : take(values[0].Value, r.Data));
        }, CancellationToken.None);
        return status.IsBad ? (status, default) : read;
    }
}
