using EdgeGateway.Modbus.Framing;
using EdgeGateway.Modbus.Pdu;
using EdgeGateway.Modbus.Planning;
using EdgeGateway.Modbus.Registers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Modbus.Tests;

/// <summary>Both directions of the wire floor, each function and each form of value: exactly nothing is allocated.</summary>
public sealed class AllocationTests
{
    private static readonly RegisterType[] _numbers = [.. Enum.GetValues<RegisterType>().Where(t => !t.IsText())];
    private readonly byte[] _wire = new byte[AsciiFrame.MaxFrame], _pdu = new byte[Mbap.MaxPdu], _answer = new byte[Mbap.MaxPdu], _decoded = new byte[AsciiFrame.MaxDecoded], _data = new byte[16];

    [Fact]
    public void Framing_scanning_and_decoding_a_poll()
    {
        var block = BlockPlanner.Plan([new PointSpan(0, FunctionCode.ReadHoldingRegisters, 0, 2, 1), new PointSpan(1, FunctionCode.ReadHoldingRegisters, 2, 4, 1)], BlockLimits.Default).Single();
        RegisterDecoder[] decoders =
        [
            new(new RegisterFormat { Type = RegisterType.F32, Kind = PointKind.Counter, Scale = new(1, -2), Order = WordOrder.Cdab }),
            new(new RegisterFormat { Type = RegisterType.I64, Kind = PointKind.Gauge, Scale = new(1, -1), Order = WordOrder.Dcba, Sentinel = 1 }),
        ];
        _data[1] = 0x45;
        Nothing(() =>
        {
            Mbap.Write(_wire, 1, 1, block.Pdu);
            var length = Mbap.Write(_wire, 1, 1, _pdu.AsSpan(0, ReadResponse.Write(_pdu, block.Request.Function, _data.AsSpan(0, block.Request.DataLength))));
            Demand(Mbap.Scan(_wire.AsSpan(0, length), out var frame, out _) == ScanStatus.Done);
            Demand(ReadResponse.Read(frame.Pdu, block.Request, out var response) == PduFault.None);
            foreach (var item in block.Items) Demand(decoders[item.Key].Decode(response.Data[item.Offset..]).Quality == Quality.Good);
        });
    }

    [Theory]
    [InlineData(FunctionCode.ReadCoils)]
    [InlineData(FunctionCode.ReadDiscreteInputs)]
    [InlineData(FunctionCode.ReadHoldingRegisters)]
    [InlineData(FunctionCode.ReadInputRegisters)]
    [InlineData(FunctionCode.WriteCoil)]
    [InlineData(FunctionCode.WriteRegister)]
    [InlineData(FunctionCode.WriteCoils)]
    [InlineData(FunctionCode.WriteRegisters)]
    [InlineData(FunctionCode.MaskWriteRegister)]
    [InlineData(FunctionCode.ReadWriteRegisters)]
    [InlineData(FunctionCode.EncapsulatedInterface)]
    public void A_function_there_and_back_in_every_framing(FunctionCode function) => Nothing(() =>
    {
        var request = _pdu.AsSpan(0, Request(function));
        Travels(request, request: true);
        var answer = _answer.AsSpan(0, Answer(function, request));
        Travels(answer, request: false);
        Demand(IsAnswered(function, request, answer, out _));
        answer = _answer.AsSpan(0, ExceptionResponse.Write(_answer, function, ExceptionCode.DeviceBusy));
        Travels(answer, request: false);
        Demand(IsAnswered(function, request, answer, out var refusal) && refusal == ExceptionCode.DeviceBusy);
    });

    [Fact]
    public void Every_number_there_and_back_in_every_order()
    {
        foreach (var order in Enum.GetValues<WordOrder>())
        {
            foreach (var type in _numbers)
            {
                RegisterFormat plain = new() { Type = type, Order = order, Kind = PointKind.Gauge }, scaled = plain with { Scale = new(25, -1), Offset = new(-40, 0), Sentinel = 0x7F };
                List<RegisterDecoder> decoders = [new(plain), new(scaled)];
                if (type is not (RegisterType.F16 or RegisterType.Bool)) decoders.Add(new RegisterDecoder(plain with { Kind = PointKind.Counter }));
                if (!type.IsFloat()) decoders.Add(new RegisterDecoder(plain with { Kind = PointKind.State, States = System.Collections.Immutable.ImmutableSortedDictionary<long, long>.Empty.Add(1, 2) }));
                if (type.IsUnsigned()) decoders.Add(new RegisterDecoder(plain with { FirstBit = 0, BitCount = 3 }));
                if (!type.IsFloat() && type != RegisterType.Bool) decoders.Add(new RegisterDecoder(plain with { Weights = [1_000, 1] }));
                Nothing(() =>
                {
                    Demand(RegisterEncoder.TryWriteWhole(_data, type, order, 1));
                    Demand(RegisterEncoder.TryWriteWhole(_data.AsSpan(2 * type.Width()), type, order, 1));
                    if (type.IsFloat()) Demand(RegisterEncoder.TryWriteFraction(_data, type, order, 1));
                    foreach (var decoder in decoders) Demand(decoder.Decode(_data).Quality == Quality.Good);
                }, 50);
            }
        }
    }

    [Fact]
    public void Texts_and_times_there_and_back()
    {
        var time = new DateTime(2023, 11, 14, 22, 16, 31);
        var text = new TextDecoder(RegisterType.Text, 4, WordOrder.Badc);
        TextDecoder[] times = [.. Enum.GetValues<RegisterType>().Where(t => t.IsText() && t != RegisterType.Text).Select(t => new TextDecoder(t, 0, WordOrder.Abcd))];
        var forms = Enum.GetValues<DateForm>();
        Nothing(() =>
        {
            Demand(RegisterText.TryWrite("SDM630", swapped: true, _data.AsSpan(0, 8)));
            // Only another text would be a new string.
            Demand(text.Decode(_data)!.Length == 6);
            for (var i = 0; i < forms.Length; i++)
            {
                Demand(RegisterDate.TryWrite(_data, forms[i], time) && RegisterDate.TryRead(_data, forms[i], out var again) && again == time);
                Demand(times[i].Decode(_data) is not null);
            }
        });
    }

    private int Request(FunctionCode function) => function switch
    {
        FunctionCode.WriteCoil => WriteSingle.Coil(1, true).Write(_pdu),
        FunctionCode.WriteRegister => WriteSingle.Register(1, 2).Write(_pdu),
        FunctionCode.WriteCoils => new WriteManyRequest(function, 1, 16, _data.AsSpan(0, 2)).Write(_pdu),
        FunctionCode.WriteRegisters => new WriteManyRequest(function, 1, 2, _data.AsSpan(0, 4)).Write(_pdu),
        FunctionCode.MaskWriteRegister => new MaskWrite(1, 0xF2, 0x25).Write(_pdu),
        FunctionCode.ReadWriteRegisters => new ReadWriteRequest(1, 2, 3, _data.AsSpan(0, 4)).Write(_pdu),
        FunctionCode.EncapsulatedInterface => new IdentificationRequest(1, 0).Write(_pdu),
        _ => new ReadRequest(function, 1, 16).Write(_pdu),
    };

    private int Answer(FunctionCode function, ReadOnlySpan<byte> request) => function switch
    {
        FunctionCode.ReadWriteRegisters => ReadResponse.Write(_answer, function, _data.AsSpan(0, 4)),
        FunctionCode.EncapsulatedInterface => IdentificationResponse.Append(_answer, IdentificationResponse.Write(_answer, 1, 0x81, null), 0, "Company"u8),
        _ when function.IsRead() => ReadResponse.Write(_answer, function, _decoded.AsSpan(0, function.ByteCount(16))),
        _ => WriteResponse.Write(_answer, request),
    };

    // The device's reading of the request too, so that both ends are asserted.
    private static bool IsAnswered(FunctionCode function, ReadOnlySpan<byte> request, ReadOnlySpan<byte> answer, out ExceptionCode refusal)
    {
        refusal = 0;
        PduFault asked, fault;
        switch (function)
        {
            case FunctionCode.ReadWriteRegisters:
                asked = ReadWriteRequest.Read(request, out var both);
                fault = ReadResponse.Read(answer, function, 2 * both.ReadCount, out var values);
                refusal = values.Exception;
                break;
            case FunctionCode.EncapsulatedInterface:
                asked = IdentificationRequest.Read(request, out var identification);
                fault = IdentificationResponse.Read(answer, identification.Code, out var objects);
                refusal = objects.Exception;
                foreach (var item in objects) Demand(item.Text.Length == 7);
                break;
            case FunctionCode.WriteCoil or FunctionCode.WriteRegister:
                asked = WriteSingle.Read(request, out _);
                fault = WriteResponse.Read(answer, request, out refusal);
                break;
            case FunctionCode.WriteCoils or FunctionCode.WriteRegisters:
                asked = WriteManyRequest.Read(request, out _);
                fault = WriteResponse.Read(answer, request, out refusal);
                break;
            case FunctionCode.MaskWriteRegister:
                asked = MaskWrite.Read(request, out _);
                fault = WriteResponse.Read(answer, request, out refusal);
                break;
            default:
                asked = ReadRequest.Read(request, out var read);
                fault = ReadResponse.Read(answer, read, out var response);
                refusal = response.Exception;
                break;
        }
        return asked == PduFault.None && fault == PduFault.None;
    }

    private void Travels(ReadOnlySpan<byte> pdu, bool request)
    {
        Demand(Mbap.Scan(_wire.AsSpan(0, Mbap.Write(_wire, 7, 1, pdu)), out var numbered, out _) == ScanStatus.Done && numbered.Pdu.SequenceEqual(pdu));
        var rtu = _wire.AsSpan(0, Rtu.Write(_wire, 1, pdu));
        Demand((request ? Rtu.ScanRequest(rtu, out var bare, out _) : Rtu.ScanResponse(rtu, out bare, out _)) == ScanStatus.Done && bare.Pdu.SequenceEqual(pdu));
        Demand(AsciiFrame.Scan(_wire.AsSpan(0, AsciiFrame.Write(_wire, 1, pdu)), _decoded, out var ascii, out _) == ScanStatus.Done && ascii.Pdu.SequenceEqual(pdu));
    }

    private static void Nothing(Action once, int times = 500)
    {
        for (var i = 0; i < 100; i++) once();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < times; i++) once();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Demand(bool holds)
    {
        if (!holds) throw new InvalidOperationException("It does not hold.");
    }
}
