using EdgeGateway.Modbus.Framing;
using EdgeGateway.Modbus.Pdu;
using EdgeGateway.Modbus.Registers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Modbus.Tests;

/// <summary>Every parser of the wire floor as a function of bytes: it throws where a parser breaks, or yields what was not there. A fuzzer drives them, and the tests replay their corpora.</summary>
public static class FuzzTargets
{
    /// <summary>The targets by name; a corpus lies in the folder of that name below <c>Corpus</c>.</summary>
    public static IReadOnlyDictionary<string, Action<byte[]>> All { get; } = new SortedDictionary<string, Action<byte[]>>(StringComparer.Ordinal)
    {
        ["mbap"] = OfMbap,
        ["rtu-request"] = bytes => OfRtu(bytes, Rtu.ScanRequest(bytes, out var frame, out var fault), frame, fault),
        ["rtu-response"] = bytes => OfRtu(bytes, Rtu.ScanResponse(bytes, out var frame, out var fault), frame, fault),
        ["ascii"] = OfAscii,
        ["request"] = OfRequest,
        ["read-response"] = OfReadResponse,
        ["identification"] = OfIdentification,
        ["registers"] = OfRegisters,
    };

    private static void OfMbap(byte[] bytes)
    {
        var status = Mbap.Scan(bytes, out var frame, out var fault);
        Demand(status == ScanStatus.Malformed == (fault != FrameFault.None));
        if (status != ScanStatus.Done) return;
        var again = new byte[Mbap.MaxFrame];
        Demand(bytes.AsSpan(0, frame.Length).SequenceEqual(again.AsSpan(0, Mbap.Write(again, frame.Transaction, frame.Unit, frame.Pdu))));
    }

    private static void OfRtu(byte[] bytes, ScanStatus status, SerialFrame frame, FrameFault fault)
    {
        Demand(status == ScanStatus.Malformed == (fault != FrameFault.None));
        if (status != ScanStatus.Done) return;
        var again = new byte[Rtu.MaxFrame];
        Demand(bytes.AsSpan(0, frame.Length).SequenceEqual(again.AsSpan(0, Rtu.Write(again, frame.Unit, frame.Pdu))));
    }

    private static void OfAscii(byte[] bytes)
    {
        var status = AsciiFrame.Scan(bytes, new byte[AsciiFrame.MaxDecoded], out var frame, out var fault);
        Demand(status == ScanStatus.Malformed == (fault != FrameFault.None));
        if (status != ScanStatus.Done) return;
        var again = new byte[AsciiFrame.MaxFrame];
        var written = again.AsSpan(0, AsciiFrame.Write(again, frame.Unit, frame.Pdu));
        Demand(System.Text.Ascii.EqualsIgnoreCase(bytes.AsSpan(0, frame.Length), written));
    }

    private static void OfRequest(byte[] bytes)
    {
        var again = new byte[260];
        var length = 0;
        if (ReadRequest.Read(bytes, out var read) == PduFault.None) length = read.Write(again);
        else if (WriteSingle.Read(bytes, out var single) == PduFault.None) length = single.Write(again);
        else if (WriteManyRequest.Read(bytes, out var many) == PduFault.None) length = many.Write(again);
        else if (MaskWrite.Read(bytes, out var mask) == PduFault.None) length = mask.Write(again);
        else if (ReadWriteRequest.Read(bytes, out var both) == PduFault.None) length = both.Write(again);
        else if (IdentificationRequest.Read(bytes, out var identification) == PduFault.None) length = identification.Write(again);
        Demand(length == 0 || (again.AsSpan(0, length).SequenceEqual(bytes) && PduLength.OfRequest(bytes) == length));
        if (bytes.Length > 1) WriteResponse.Read(bytes.AsSpan(bytes.Length / 2), bytes.AsSpan(0, bytes.Length / 2), out _);
    }

    private static void OfReadResponse(byte[] bytes)
    {
        // The first two bytes say what was asked.
        if (bytes.Length < 2) return;
        var request = new ReadRequest((FunctionCode)(1 + bytes[0] % 4), 0, (ushort)(1 + bytes[1] % 125));
        var pdu = bytes.AsSpan(2);
        if (ReadResponse.Read(pdu, request, out var response) != PduFault.None) return;
        Demand(response.IsException ? response.Data.IsEmpty : response.Data.Length == request.DataLength);
        Demand(PduLength.OfResponse(pdu) == pdu.Length);
    }

    private static void OfIdentification(byte[] bytes)
    {
        // An exception is shorter than the byte that repeats what was asked for.
        if (IdentificationResponse.Read(bytes, bytes.Length > 2 ? bytes[2] : (byte)1, out var response) != PduFault.None) return;
        if (response.Exception != 0) return;
        var again = new byte[bytes.Length + 8];
        var length = IdentificationResponse.Write(again, bytes[2], response.Conformity, response.Next);
        foreach (var item in response) length = IdentificationResponse.Append(again, length, item.Id, item.Text);
        // Without more to follow, the next object says nothing.
        bytes[5] = again[5];
        Demand(again.AsSpan(0, length).SequenceEqual(bytes) && PduLength.OfResponse(bytes) == length);
    }

    private static void OfRegisters(byte[] bytes)
    {
        // Type, order, kind; then registers.
        if (bytes.Length < 3 + 12) return;
        var (type, order) = ((RegisterType)(bytes[0] % 19), (WordOrder)(bytes[1] % 8));
        var data = bytes.AsSpan(3);
        if (type.IsText())
        {
            new TextDecoder(type, 6, order).Decode(data);
            return;
        }
        var kind = bytes[2] % 2 == 0 ? PointKind.Counter : PointKind.Gauge;
        var reading = new RegisterDecoder(new RegisterFormat { Type = type, Order = order, Kind = kind, Scale = new(1, -3) }).Decode(data);
        Demand(reading.Quality.HasValue() || (reading.Number == 0 && reading.Integer == 0));
        Demand(double.IsFinite(reading.Number));
        if (kind != PointKind.Counter || type.IsFloat() || type == RegisterType.Bool || !reading.Quality.HasValue()) return;
        var again = new byte[8];
        Demand(RegisterEncoder.TryWriteWhole(again, type, order, reading.Integer) && again.AsSpan(0, 2 * type.Width()).SequenceEqual(data[..(2 * type.Width())]));
    }

    private static void Demand(bool holds)
    {
        if (!holds) throw new InvalidOperationException("The parser yields what was not there.");
    }
}
