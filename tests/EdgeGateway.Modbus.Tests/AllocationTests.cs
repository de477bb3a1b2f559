using EdgeGateway.Modbus.Framing;
using EdgeGateway.Modbus.Pdu;
using EdgeGateway.Modbus.Planning;
using EdgeGateway.Modbus.Registers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Modbus.Tests;

public sealed class AllocationTests
{
    [Fact]
    public void Framing_scanning_and_decoding_allocate_nothing()
    {
        var block = BlockPlanner.Plan([new PointSpan(0, FunctionCode.ReadHoldingRegisters, 0, 2, 1), new PointSpan(1, FunctionCode.ReadHoldingRegisters, 2, 4, 1)], BlockLimits.Default).Single();
        RegisterDecoder[] decoders =
        [
            new(new RegisterFormat { Type = RegisterType.F32, Kind = PointKind.Counter, Scale = new(1, -2), Order = WordOrder.Cdab }),
            new(new RegisterFormat { Type = RegisterType.I64, Kind = PointKind.Gauge, Scale = new(1, -1), Order = WordOrder.Dcba, Sentinel = 1 }),
        ];
        var wire = new byte[Mbap.MaxFrame];
        var pdu = new byte[Mbap.MaxPdu];
        var data = new byte[block.Request.DataLength];
        data[1] = 0x45;
        long sum = 0;
        for (var i = 0; i < 200; i++) sum += Once();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) sum += Once();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotEqual(0, sum);

        long Once()
        {
            Mbap.Write(wire, 1, 1, block.Pdu);
            var length = Mbap.Write(wire, 1, 1, pdu.AsSpan(0, ReadResponse.Write(pdu, block.Request.Function, data)));
            if (Mbap.Scan(wire.AsSpan(0, length), out var frame, out _) != ScanStatus.Done) throw new InvalidOperationException();
            if (ReadResponse.Read(frame.Pdu, block.Request, out var response) != PduFault.None) throw new InvalidOperationException();
            var total = 1L;
            foreach (var item in block.Items)
            {
                var reading = decoders[item.Key].Decode(response.Data[item.Offset..]);
                total += reading.Integer + (long)reading.Number + 1;
            }
            return total;
        }
    }
}
