namespace EdgeGateway.OpcUa.Encoding;

/// <summary>A structure as it lies in its message: the type's id, and where its bytes are. Unknown structures are skipped by their length, never guessed at (OPC 10000-6, 5.2.2.15).</summary>
/// <param name="TypeOffset">Position of the encoding's NodeId in the message.</param>
/// <param name="Form">0 without a body, 1 a byte string, 2 XML.</param>
/// <param name="Offset">Position of the body.</param>
/// <param name="Length">Bytes of the body; 0 where there is none.</param>
public readonly record struct ExtensionObject(int TypeOffset, byte Form, int Offset, int Length)
{
    /// <summary>True where the body is in the binary encoding.</summary>
    public bool IsBinary => Form == 1;

    /// <summary>Reads one without looking into its body.</summary>
    public static void Read(ref UaReader r, out ExtensionObject value)
    {
        var type = r.Position;
        r.SkipValue(BuiltInType.NodeId);
        var form = r.Byte();
        var (offset, length) = (r.Position, 0);
        if (form is 1 or 2)
        {
            length = r.Octets().Length;
            offset = r.Position - length;
        }
        else if (form != 0) r.Fail(DecodeFault.BadEncoding);
        value = r.Failed ? default : new ExtensionObject(type, form, offset, length);
    }

    /// <summary>Id of the encoding.</summary>
    /// <param name="message">The message it was read from.</param>
    public NodeId TypeId(ReadOnlySpan<byte> message) => new UaReader(message[TypeOffset..]).NodeId();

    /// <summary>Its bytes; they live as long as the message.</summary>
    /// <param name="message">The message it was read from.</param>
    public ReadOnlySpan<byte> Body(ReadOnlySpan<byte> message) => message.Slice(Offset, Length);
}
