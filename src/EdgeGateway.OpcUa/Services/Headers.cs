using EdgeGateway.OpcUa.Encoding;

namespace EdgeGateway.OpcUa.Services;

/// <summary>Headers of requests and answers (OPC 10000-4, 7.32 and 7.33).</summary>
internal static class Headers
{
    public static void WriteRequest(UaWriter w, uint typeId, NodeId token, long utc, uint handle, uint timeoutMilliseconds)
    {
        w.Clear();
        // No diagnostics are asked for, no audit entry, no additional header.
        w.NodeId(new NodeId(0, typeId)).NodeId(token).Time(utc).UInt32(handle).UInt32(0).Text(null).UInt32(timeoutMilliseconds).NodeId(default).Byte(0);
    }

    /// <summary>Reads type and header of an answer; the reader stands before its body then.</summary>
    public static bool TryReadResponse(ref UaReader r, out uint typeId, out uint handle, out StatusCode status, out long serverTime)
    {
        var type = r.NodeId();
        typeId = type is { Namespace: 0, Kind: NodeIdKind.Number } ? type.Number : 0;
        serverTime = r.Time();
        handle = r.UInt32();
        status = new StatusCode(r.UInt32());
        r.SkipValue(BuiltInType.DiagnosticInfo);
        r.SkipArray(BuiltInType.String);
        r.SkipValue(BuiltInType.ExtensionObject);
        return !r.Failed && typeId != 0;
    }
}
