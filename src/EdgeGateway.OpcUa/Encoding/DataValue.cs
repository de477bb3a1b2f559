using System.Diagnostics.CodeAnalysis;

namespace EdgeGateway.OpcUa.Encoding;

/// <summary>A value with its status and times, decoded in place; meant to be reused (OPC 10000-6, 5.2.2.17).</summary>
public struct DataValue
{
    private Variant _value;

    /// <summary>The value, null where the server sent none.</summary>
    [UnscopedRef]
    public readonly ref readonly Variant Value => ref _value;

    /// <summary>The raw 32-bit status; 0 (Good) where the server sent none.</summary>
    public StatusCode Status { readonly get; private set; }

    /// <summary>When the value was true at its source, UTC microseconds, or <see cref="UaTime.None"/>.</summary>
    public long SourceTime { readonly get; private set; }

    /// <summary>When the server got it, UTC microseconds, or <see cref="UaTime.None"/>.</summary>
    public long ServerTime { readonly get; private set; }

    /// <summary>Decodes one into <paramref name="value"/>.</summary>
    public static void Read(ref UaReader r, ref DataValue value)
    {
        if (!r.Enter()) return;
        var mask = r.Byte();
        if ((mask & 0x01) != 0) Variant.Read(ref r, ref value._value);
        else value._value = default;
        value.Status = (mask & 0x02) != 0 ? new StatusCode(r.UInt32()) : default;
        value.SourceTime = (mask & 0x04) != 0 ? r.Time() : UaTime.None;
        // Picoseconds are below the microsecond this gateway keeps.
        if ((mask & 0x10) != 0) r.Skip(2);
        value.ServerTime = (mask & 0x08) != 0 ? r.Time() : UaTime.None;
        if ((mask & 0x20) != 0) r.Skip(2);
        if ((mask & 0xC0) != 0) r.Fail(DecodeFault.BadEncoding);
        r.Leave();
    }
}
