using EdgeGateway.OpcUa.Encoding;

namespace EdgeGateway.OpcUa.Chunks;

/// <summary>Sizes that both ends agree on (OPC 10000-6, 7.1.2.3 and 7.1.2.4). 0 means no limit for the last two.</summary>
/// <param name="ReceiveBufferSize">Largest chunk the sender of this takes.</param>
/// <param name="SendBufferSize">Largest chunk the sender of this sends.</param>
/// <param name="MaxMessageSize">Largest message it takes, bytes.</param>
/// <param name="MaxChunkCount">Most chunks of a message it takes.</param>
public readonly record struct TransportLimits(uint ReceiveBufferSize, uint SendBufferSize, uint MaxMessageSize, uint MaxChunkCount)
{
    /// <summary>The smallest buffer that can hold an OPN with certificates; the standard demands 8192.</summary>
    public const uint LeastBuffer = 8192;

    /// <summary>What this client offers: chunks of 64 KiB, messages of 16 MiB in at most 1024 chunks.</summary>
    public static TransportLimits Default { get; } = new(65_536, 65_536, 16_777_216, 1024);
}

/// <summary>HEL, ACK and ERR.</summary>
public static class TransportMessages
{
    /// <summary>Most bytes of an endpoint's URL.</summary>
    public const int MaxUrl = 4096;

    /// <summary>Appends HEL.</summary>
    public static void WriteHello(UaWriter output, in TransportLimits limits, string endpointUrl)
    {
        var begin = output.Length;
        output.Raw("HELF"u8).UInt32(0).UInt32(0).UInt32(limits.ReceiveBufferSize).UInt32(limits.SendBufferSize).UInt32(limits.MaxMessageSize).UInt32(limits.MaxChunkCount).Text(endpointUrl);
        output.Patch(begin + 4, (uint)(output.Length - begin));
    }

    /// <summary>Reads a whole ACK chunk; false where it is malformed or offers buffers no message fits in.</summary>
    public static bool TryReadAcknowledge(ReadOnlySpan<byte> chunk, out TransportLimits limits)
    {
        var r = new UaReader(chunk);
        r.Skip(ChunkHeader.Length + 4);
        limits = new TransportLimits(r.UInt32(), r.UInt32(), r.UInt32(), r.UInt32());
        return !r.Failed && limits.ReceiveBufferSize >= TransportLimits.LeastBuffer;
    }

    /// <summary>Reads a whole ERR chunk; a damaged one still gives a code.</summary>
    public static (StatusCode Code, string? Reason) ReadError(ReadOnlySpan<byte> chunk)
    {
        var r = new UaReader(chunk);
        r.Skip(ChunkHeader.Length);
        var code = r.UInt32();
        var reason = r.Octets();
        // The reason is for people; a peer cannot make us keep a long one.
        var text = r.Failed ? null : System.Text.Encoding.UTF8.GetString(reason[..Math.Min(reason.Length, 512)]);
        return (new StatusCode(code >= 0x8000_0000 ? code : StatusCodes.BadCommunicationError), text);
    }
}
