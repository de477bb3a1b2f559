namespace EdgeGateway.OpcUa.Encoding;

/// <summary>Moves a reader past values that are not wanted, checking all lengths and nesting on the way and building nothing.</summary>
public static class Skipping
{
    /// <summary>Past one value of a built-in type.</summary>
    public static void SkipValue(this ref UaReader r, BuiltInType type)
    {
        var size = type.FixedSize();
        if (size > 0)
        {
            r.Skip(size);
            return;
        }
        switch (type)
        {
            case BuiltInType.NodeId:
                SkipNodeId(ref r, r.Byte());
                break;
            case BuiltInType.ExpandedNodeId:
                var encoding = r.Byte();
                SkipNodeId(ref r, (byte)(encoding & 0x3F));
                if ((encoding & 0x80) != 0) r.Octets();
                if ((encoding & 0x40) != 0) r.Skip(4);
                break;
            case BuiltInType.QualifiedName:
                r.Skip(2);
                r.Octets();
                break;
            case BuiltInType.LocalizedText:
                var mask = r.Byte();
                if ((mask & 1) != 0) r.Octets();
                if ((mask & 2) != 0) r.Octets();
                break;
            case BuiltInType.ExtensionObject:
                ExtensionObject.Read(ref r, out _);
                break;
            case BuiltInType.DataValue:
                DataValue value = default;
                DataValue.Read(ref r, ref value);
                break;
            case BuiltInType.Variant:
                Variant variant = default;
                Variant.Read(ref r, ref variant);
                break;
            case BuiltInType.DiagnosticInfo:
                SkipDiagnosticInfo(ref r);
                break;
            case BuiltInType.Null:
                r.Fail(DecodeFault.BadEncoding);
                break;
            default:
                // String, ByteString, XmlElement, and the reserved numbers 26 to 31, which are read as ByteString (5.2.2.16).
                r.Octets();
                break;
        }
    }

    /// <summary>Past an array of a built-in type, its count included.</summary>
    public static void SkipArray(this ref UaReader r, BuiltInType type)
    {
        var count = r.Count(type.LeastSize());
        for (var i = 0; i < count && !r.Failed; i++) r.SkipValue(type);
    }

    private static void SkipNodeId(ref UaReader r, byte encoding)
    {
        switch (encoding)
        {
            case 0:
                r.Skip(1);
                break;
            case 1:
                r.Skip(3);
                break;
            case 2:
                r.Skip(6);
                break;
            case 3 or 5:
                r.Skip(2);
                r.Octets();
                break;
            case 4:
                r.Skip(18);
                break;
            default:
                r.Fail(DecodeFault.BadEncoding);
                break;
        }
    }

    private static void SkipDiagnosticInfo(ref UaReader r)
    {
        if (!r.Enter()) return;
        var mask = r.Byte();
        for (var bit = 1; bit <= 8; bit <<= 1)
        {
            if ((mask & bit) != 0) r.Skip(4);
        }
        if ((mask & 0x10) != 0) r.Octets();
        if ((mask & 0x20) != 0) r.Skip(4);
        if ((mask & 0x40) != 0) SkipDiagnosticInfo(ref r);
        r.Leave();
    }
}
