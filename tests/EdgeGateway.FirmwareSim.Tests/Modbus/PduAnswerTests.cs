using System.Buffers.Binary;
using CsCheck;
using EdgeGateway.FirmwareSim.Modbus;
using EdgeGateway.FirmwareSim.Plants;
using EdgeGateway.FirmwareSim.Profiles;
using EdgeGateway.FirmwareSim.Registers;

namespace EdgeGateway.FirmwareSim.Tests.Modbus;

public sealed class PduAnswerTests
{
    private static readonly Plant Plant = new(PlantProfile.Demo, 1, new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero));
    private static readonly long Now = Plant.StartMicros + 77_000_000;

    [Theory]
    [InlineData("line-1", new byte[] { 3, 0, 0, 0, 0 }, 3)]
    [InlineData("line-1", new byte[] { 3, 0, 0, 0, 126 }, 3)]
    [InlineData("line-1", new byte[] { 3, 0, 0, 0 }, 3)]
    [InlineData("line-1", new byte[] { 3, 0, 0, 0, 1, 0 }, 3)]
    [InlineData("line-1", new byte[] { 3 }, 3)]
    [InlineData("line-1", new byte[] { 3, 0, 64, 0, 1 }, 2)]
    [InlineData("line-1", new byte[] { 3, 0, 63, 0, 2 }, 2)]
    [InlineData("line-1", new byte[] { 3, 255, 255, 0, 125 }, 2)]
    [InlineData("line-1", new byte[] { 4, 0, 0, 0, 1 }, 1)]
    [InlineData("line-2", new byte[] { 3, 0, 0, 0, 1 }, 1)]
    [InlineData("line-1", new byte[] { 1, 0, 0, 0, 1 }, 1)]
    [InlineData("line-1", new byte[] { 6, 0, 0, 0, 1 }, 1)]
    [InlineData("line-1", new byte[] { 16, 0, 0, 0, 1, 2, 0, 1 }, 1)]
    [InlineData("plc", new byte[] { 2, 0, 0, 0, 3 }, 2)]
    [InlineData("plc", new byte[] { 2, 0, 0, 0x7, 0xD1 }, 3)]
    [InlineData("plc", new byte[] { 43, 14, 1, 0 }, 1)]
    public void What_cannot_be_answered_gets_its_exception(string device, byte[] request, byte code)
    {
        var reply = new byte[253];
        Assert.Equal(2, PduAnswer.Write(Device(device), request, reply, Now));
        Assert.Equal([(byte)(request[0] | 0x80), code], reply[..2]);
    }

    [Fact]
    public void Every_read_inside_a_device_gives_the_words_of_its_registers() => Gen.Select(
        Gen.Int[0, 2].Select(i => ((string[])["workshop", "line-1", "plc"])[i]), Gen.Int[0, 127], Gen.Int[1, 125]).Sample(
        (name, first, count) =>
        {
            var device = Device(name);
            if (first + count > device.Spec.Size) return;
            var reply = new byte[253];
            Assert.Equal(2 + 2 * count, PduAnswer.Write(device, [3, 0, (byte)first, 0, (byte)count], reply, Now));
            Assert.Equal([3, (byte)(2 * count)], reply[..2]);
            for (var i = 0; i < count; i++) Assert.Equal(Word(name, first + i), BinaryPrimitives.ReadUInt16BigEndian(reply.AsSpan(2 + 2 * i)));
        },
        iter: 500);

    [Fact]
    public void Random_requests_get_an_answer_that_fits() => Gen.Select(Gen.Int[0, 3], Gen.Byte.Array[1, 253]).Sample(
        (device, request) => Assert.InRange(PduAnswer.Write(Plant.Devices[device], request, new byte[253], Now), 2, 253),
        iter: 5000);

    [Fact]
    public void Discrete_inputs_follow_the_states()
    {
        var reply = new byte[253];
        for (var t = Now; t < Now + 60_000_000; t += 1_000_000)
        {
            Assert.Equal(3, PduAnswer.Write(Device("plc"), [2, 0, 0, 0, 2], reply, t));
            var (one, two) = (Plant.Ledger.StateMicros("line-1", LineState.Running, t, t + 1), Plant.Ledger.StateMicros("line-2", LineState.Running, t, t + 1));
            Assert.Equal([2, 1, (byte)(one + 2 * two)], reply[..3]);
        }
    }

    [Fact]
    public void Answering_allocates_nothing()
    {
        byte[] request = [3, 0, 0, 0, 30];
        var reply = new byte[253];
        var sum = 0;
        for (var i = 0; i < 200; i++) sum += Ask();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 200; i++) sum += Ask();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(400 * 3 * 62, sum);

        int Ask()
        {
            var length = 0;
            foreach (var device in Plant.Devices)
            {
                if ((device.Spec.Tables & RegisterTables.Holding) != 0) length += PduAnswer.Write(device, request, reply, Now);
            }

            return length;
        }
    }

    private static PlantDevice Device(string name) => Plant.Devices.First(d => d.Spec.Name == name);

    private static ushort Word(string device, int address)
    {
        foreach (var register in RegisterMap.Find(device)!.Registers)
        {
            var bits = Plant.RegisterBits(device, register.Name, Now);
            if (register.Address == address) return (ushort)(register.Width == 1 ? bits : bits >> 16);
            if (register.Width == 2 && register.Address + 1 == address) return (ushort)bits;
        }

        return 0;
    }
}
