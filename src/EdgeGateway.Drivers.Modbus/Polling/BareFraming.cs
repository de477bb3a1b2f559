using System.Globalization;
using EdgeGateway.Modbus.Framing;
using EdgeGateway.Modbus.Pdu;

namespace EdgeGateway.Drivers.Modbus.Polling;

/// <summary>Frames without a number that ties an answer to its request: RTU and ASCII. Owned by one bus machine.</summary>
internal abstract class BareFraming
{
    /// <summary>Bytes of <see cref="TryHead"/>.</summary>
    public const int HeadLength = 3;

    /// <summary>Bytes of the longest frame.</summary>
    public abstract int MaxFrame { get; }

    /// <summary>Bytes on the wire of a frame whose PDU has <paramref name="pdu"/> bytes.</summary>
    public abstract int Length(int pdu);

    /// <summary>Writes a frame.</summary>
    public abstract int Write(Span<byte> output, byte unit, ReadOnlySpan<byte> pdu);

    /// <summary>Looks for a response at the start of <paramref name="input"/>; the frame lives until the next scan.</summary>
    public abstract ScanStatus Scan(ReadOnlySpan<byte> input, out SerialFrame frame);

    /// <summary>Unit and the PDU's first two bytes where <paramref name="input"/> begins a frame, whether it ends or not.</summary>
    /// <param name="input">From the start of a frame on.</param>
    /// <param name="head">Receives <see cref="HeadLength"/> bytes.</param>
    /// <returns>False where there are not so many yet, or they cannot be read.</returns>
    public abstract bool TryHead(ReadOnlySpan<byte> input, Span<byte> head);

    /// <summary>Looks for a request at the start of <paramref name="input"/>.</summary>
    protected abstract ScanStatus ScanRequest(ReadOnlySpan<byte> input, out SerialFrame frame);

    /// <summary>True where a read request stands at the start of <paramref name="input"/>: its five bytes are those of no answer.</summary>
    public bool IsReadRequest(ReadOnlySpan<byte> input, out int length)
    {
        var whole = ScanRequest(input, out var frame) == ScanStatus.Done;
        length = whole ? frame.Length : 0;
        return whole && ReadRequest.Read(frame.Pdu, out _) == PduFault.None && frame.Pdu[1] != ReadRequest.Length - 2;
    }

    /// <summary>The next place at which a frame may begin, behind a beginning that was refused.</summary>
    public abstract int Skip(ReadOnlySpan<byte> input);
}

/// <summary>Frames of Modbus RTU.</summary>
internal sealed class RtuFraming : BareFraming
{
    public override int MaxFrame => Rtu.MaxFrame;

    public override int Length(int pdu) => Rtu.Overhead + pdu;

    public override int Write(Span<byte> output, byte unit, ReadOnlySpan<byte> pdu) => Rtu.Write(output, unit, pdu);

    public override ScanStatus Scan(ReadOnlySpan<byte> input, out SerialFrame frame) => Rtu.ScanResponse(input, out frame, out _);

    public override bool TryHead(ReadOnlySpan<byte> input, Span<byte> head) => input.Length >= HeadLength && input[..HeadLength].TryCopyTo(head);

    protected override ScanStatus ScanRequest(ReadOnlySpan<byte> input, out SerialFrame frame) => Rtu.ScanRequest(input, out frame, out _);

    public override int Skip(ReadOnlySpan<byte> input) => 1;
}

/// <summary>Frames of Modbus ASCII.</summary>
internal sealed class AsciiFraming : BareFraming
{
    private readonly byte[] _decoded = new byte[AsciiFrame.MaxDecoded];

    public override int MaxFrame => AsciiFrame.MaxFrame;

    public override int Length(int pdu) => 2 * pdu + 7;

    public override int Write(Span<byte> output, byte unit, ReadOnlySpan<byte> pdu) => AsciiFrame.Write(output, unit, pdu);

    public override ScanStatus Scan(ReadOnlySpan<byte> input, out SerialFrame frame) => AsciiFrame.Scan(input, _decoded, out frame, out _);

    public override bool TryHead(ReadOnlySpan<byte> input, Span<byte> head)
    {
        if (input.Length < 1 + 2 * HeadLength || input[0] != (byte)':') return false;
        for (var i = 0; i < HeadLength; i++)
        {
            if (!byte.TryParse(input.Slice(1 + 2 * i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out head[i])) return false;
        }
        return true;
    }

    // A frame is the same whoever sends it.
    protected override ScanStatus ScanRequest(ReadOnlySpan<byte> input, out SerialFrame frame) => Scan(input, out frame);

    public override int Skip(ReadOnlySpan<byte> input)
    {
        var colon = input[1..].IndexOf((byte)':');
        return colon < 0 ? input.Length : 1 + colon;
    }
}
