using System.Buffers.Binary;
using System.Net.Sockets;
using CsCheck;
using EdgeGateway.FirmwareSim.Faults;
using EdgeGateway.FirmwareSim.Plants;
using EdgeGateway.FirmwareSim.Profiles;
using EdgeGateway.FirmwareSim.Registers;
using EdgeGateway.FirmwareSim.Serving;
using EdgeGateway.FirmwareSim.Time;
using EdgeGateway.Peers;

namespace EdgeGateway.FirmwareSim.Tests.Serving;

public sealed class PlantServerTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task One_port_serves_all_units()
    {
        await using var bench = new Bench();
        bench.MoveTo(seconds: 42);
        using var master = new RawMaster(bench.Server.PortOf("plc"));
        foreach (var device in RegisterMap.Devices)
        {
            Assert.Equal(bench.Server.PortOf("workshop"), bench.Server.PortOf(device.Name));
            var function = (byte)(device.Tables.HasFlag(RegisterTables.Holding) ? 3 : 4);
            foreach (var register in device.Registers)
            {
                var answer = master.Ask(9, device.UnitId, function, register.Address, (ushort)register.Width);
                Assert.Equal([0, 9, 0, 0, 0, (byte)(3 + 2 * register.Width), device.UnitId, function, (byte)(2 * register.Width)], answer[..9]);
                var bits = register.Width == 1 ? BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(9)) : BinaryPrimitives.ReadUInt32BigEndian(answer.AsSpan(9));
                Assert.Equal(bench.Plant.RegisterBits(device.Name, register.Name, bench.Clock.NowMicros), bits);
            }
        }

        Assert.Equal(11, master.Ask(1, 77, 3, 0, 1)[8]);
    }

    [Fact]
    public async Task A_port_for_each_device_answers_for_that_device_only()
    {
        await using var bench = new Bench(new PlantServerOptions { PortPerDevice = true });
        Assert.Equal(4, RegisterMap.Devices.Select(d => bench.Server.PortOf(d.Name)).Distinct().Count());
        using var master = new RawMaster(bench.Server.PortOf("line-1"));
        var own = master.Ask(1, 2, 3, 0x20, 2)[9..];
        Assert.Equal(own, master.Ask(2, 255, 3, 0x20, 2)[9..]);
        Assert.Equal(own, master.Ask(3, 0, 3, 0x20, 2)[9..]);
        Assert.Equal(0x83, master.Ask(4, 3, 3, 0x20, 2)[7]);
    }

    [Fact]
    public async Task A_request_may_arrive_in_any_two_pieces_or_byte_by_byte()
    {
        await using var bench = new Bench();
        using var master = new RawMaster(bench.Server.PortOf("line-1"));
        var request = RawMaster.Request(5, 2, 3, 0x20, 4);
        var expected = master.Ask(5, 2, 3, 0x20, 4);
        for (var split = 1; split < request.Length; split++)
        {
            master.Send(request.AsSpan(0, split));
            await bench.ReceivedAllAsync(request.Length * split + split);
            master.Send(request.AsSpan(split));
            Assert.Equal(expected, master.Frame());
        }

        foreach (var b in request) master.Send([b]);
        Assert.Equal(expected, master.Frame());
        master.Send([.. request, .. request, .. request]);
        for (var i = 0; i < 3; i++) Assert.Equal(expected, master.Frame());
    }

    [Fact]
    public async Task Garbage_is_hung_up_on_and_hurts_nobody_else()
    {
        await using var bench = new Bench();
        using var good = new RawMaster(bench.Server.PortOf("line-1"));
        Gen.Byte.Array[8, 600].Sample(
            bytes =>
            {
                bytes[2] |= 1;
                using var bad = new RawMaster(bench.Server.PortOf("line-1"));
                bad.Send(bytes);
                Assert.Empty(bad.Some());
                Assert.Equal(0x20, good.Ask(0x20, 2, 3, 0, 1)[1]);
            },
            iter: 50,
            threads: 1);
        await Until.TrueAsync(() => bench.Server.OpenConnections == 1, "the bad ones to be gone");
    }

    [Fact]
    public async Task Connections_are_bounded()
    {
        await using var bench = new Bench(new PlantServerOptions { MaxConnections = 2 });
        using var first = new RawMaster(bench.Server.PortOf("plc"));
        using var second = new RawMaster(bench.Server.PortOf("plc"));
        await Until.TrueAsync(() => bench.Server.OpenConnections == 2, "both to be in");
        using var third = new RawMaster(bench.Server.PortOf("plc"));
        Assert.Empty(third.Some());
        Assert.Equal(3, second.Ask(1, 10, 3, 0, 1)[7]);
    }

    [Fact]
    public async Task Silence_gives_no_answer_to_one_device_and_answers_to_the_others()
    {
        await using var bench = new Bench("at 00:00:10 silence line-1 for 5s");
        using var master = new RawMaster(bench.Server.PortOf("line-1"));
        bench.MoveTo(10);
        master.Send(RawMaster.Request(1, 2, 3, 0, 1));
        Assert.Equal(2, master.Ask(2, 3, 4, 0, 1)[1]);
        bench.MoveTo(15);
        Assert.Equal(3, master.Ask(3, 2, 3, 0, 1)[1]);
        Assert.False(master.HasBytes);
    }

    [Fact]
    public async Task An_exception_stands_in_the_place_of_the_answer()
    {
        await using var bench = new Bench("at 00:00:10 exception line-1 code 4 for 5s");
        using var master = new RawMaster(bench.Server.PortOf("line-1"));
        bench.MoveTo(14.999999);
        Assert.Equal([0, 1, 0, 0, 0, 3, 2, 0x83, 4], master.Ask(1, 2, 3, 0, 1));
        bench.MoveTo(15);
        Assert.Equal(3, master.Ask(1, 2, 3, 0, 1)[7]);
    }

    [Fact]
    public async Task A_wrong_transaction_id_is_the_only_thing_wrong()
    {
        await using var bench = new Bench("at 00:00:10 wrong-transaction line-1 for 5s");
        using var master = new RawMaster(bench.Server.PortOf("line-1"));
        bench.MoveTo(10);
        var wrong = master.Ask(0x1234, 2, 3, 0x20, 4);
        Assert.NotEqual(0x1234, BinaryPrimitives.ReadUInt16BigEndian(wrong));
        bench.MoveTo(15);
        Assert.Equal(0x1234, BinaryPrimitives.ReadUInt16BigEndian(master.Ask(0x1234, 2, 3, 0x20, 4)));
        Assert.Equal(17, wrong.Length);
    }

    [Fact]
    public async Task An_answer_can_be_shorter_than_it_says()
    {
        await using var bench = new Bench("at 00:00:10 bad-length line-1 bytes 3 for 5s");
        using var master = new RawMaster(bench.Server.PortOf("line-1"));
        bench.MoveTo(10);
        master.Send(RawMaster.Request(1, 2, 3, 0x20, 2));
        var answer = master.Exactly(13);
        Assert.Equal(10, BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(4)));
        bench.MoveTo(15);
        Assert.Equal(13, master.Ask(2, 2, 3, 0x20, 2).Length);
    }

    [Fact]
    public async Task Rtu_frames_have_sums_which_can_be_wrong_and_bytes_which_can_be_missing()
    {
        await using var bench = new Bench("at 00:00:10 bad-crc line-1 for 5s\nat 00:00:20 bad-length line-1 bytes 3 for 5s", new PlantServerOptions { Rtu = true });
        using var master = new RawMaster(bench.Server.PortOf("line-1"));
        // Unit 2, function 3, two registers from 0x20: the sum is the one that mbpoll sends.
        byte[] request = [2, 3, 0, 0x20, 0, 2, 0xC5, 0xF2];
        master.Send(request);
        var whole = master.Exactly(9);
        Assert.Equal([2, 3, 4], whole[..3]);
        Assert.Equal(Sum(whole.AsSpan(0, 7)), whole[7..]);
        bench.MoveTo(10);
        master.Send(request);
        var wrong = master.Exactly(9);
        Assert.NotEqual(Sum(wrong.AsSpan(0, 7)), wrong[7..]);
        bench.MoveTo(20);
        master.Send(request);
        Assert.Equal(6, master.Some().Length);
        bench.MoveTo(25);
        // A device that is not there is silent, and a request with a wrong sum is hung up on.
        master.Send([99, 3, 0, 0x20, 0, 2, 0xCD, 0x83]);
        master.Send(request);
        Assert.Equal(9, master.Exactly(9).Length);
        master.Send([2, 3, 0, 0x20, 0, 2, 0xC5, 0xF3]);
        Assert.Empty(master.Some());

        static byte[] Sum(ReadOnlySpan<byte> bytes)
        {
            var sum = 0xFFFF;
            foreach (var b in bytes)
            {
                sum ^= b;
                for (var i = 0; i < 8; i++) sum = sum % 2 == 1 ? (sum / 2) ^ 0xA001 : sum / 2;
            }

            return [(byte)sum, (byte)(sum >> 8)];
        }
    }

    [Fact]
    public async Task A_slow_answer_comes_when_its_time_has_come_with_the_value_of_the_request()
    {
        await using var bench = new Bench("at 00:00:10 slow line-1 by 1500ms for 5s");
        using var master = new RawMaster(bench.Server.PortOf("line-1"));
        bench.MoveTo(12);
        var now = bench.Clock.NowMicros;
        master.Send(RawMaster.Request(7, 2, 3, 0x22, 2));
        await bench.ReceivedAllAsync(12);
        bench.MoveTo(13.499);
        Assert.Equal(0, bench.Server.BytesSent);
        Assert.False(master.HasBytes);
        bench.MoveTo(13.5);
        Assert.Equal(bench.Plant.RegisterBits("line-1", "energy-wh", now), BinaryPrimitives.ReadUInt32BigEndian(master.Frame().AsSpan(9)));
        Assert.NotEqual(bench.Plant.RegisterBits("line-1", "energy-wh", now), bench.Plant.RegisterBits("line-1", "energy-wh", bench.Clock.NowMicros));
    }

    [Fact]
    public async Task A_split_answer_comes_in_two_pieces()
    {
        await using var bench = new Bench("at 00:00:10 split line-1 after 5 by 40ms for 5s");
        using var master = new RawMaster(bench.Server.PortOf("line-1"));
        bench.MoveTo(10);
        master.Send(RawMaster.Request(7, 2, 3, 0x20, 2));
        Assert.Equal([0, 7, 0, 0, 0], master.Some());
        // The rest is scheduled after the first piece has left.
        await bench.ReceivedAllAsync(12);
        bench.MoveTo(10.039);
        Assert.False(master.HasBytes);
        bench.MoveTo(10.04);
        Assert.Equal([7, 2, 3, 4], master.Exactly(8)[..4]);
        Assert.Equal(13, bench.Server.BytesSent);
    }

    [Fact]
    public async Task Late_answers_for_a_client_that_left_are_not_counted()
    {
        await using var bench = new Bench("at 00:00:10 slow line-1 by 1500ms for 5s");
        using (var master = new RawMaster(bench.Server.PortOf("line-1")))
        {
            bench.MoveTo(12);
            master.Send(RawMaster.Request(7, 2, 3, 0x22, 2));
            await bench.ReceivedAllAsync(12);
        }

        await Until.TrueAsync(() => bench.Server.OpenConnections == 0, "the client to be gone");
        bench.MoveTo(20);
        Assert.Equal(0, bench.Server.BytesSent);
    }

    [Fact]
    public async Task A_dropped_port_hangs_up_refuses_and_returns_on_the_same_number()
    {
        await using var bench = new Bench("at 00:00:10 drop line-1 for 5s\nat 00:00:12 drop plc for 5s");
        var port = bench.Server.PortOf("line-1");
        using var master = new RawMaster(port);
        bench.MoveTo(9.9);
        Assert.Equal(1, master.Ask(1, 2, 3, 0, 1)[1]);
        bench.MoveTo(10);
        Assert.Equal(0, bench.Server.OpenConnections);
        master.Send(RawMaster.Request(2, 2, 3, 0, 1));
        Assert.Empty(master.Some());
        await bench.ReceivedAllAsync(24);
        foreach (var second in (double[])[10, 14, 15, 16.9])
        {
            bench.MoveTo(second);
            Assert.Equal(SocketError.ConnectionRefused, Assert.Throws<SocketException>(() => new RawMaster(port)).SocketErrorCode);
        }

        bench.MoveTo(17);
        using var again = new RawMaster(port);
        Assert.Equal(3, again.Ask(3, 2, 3, 0, 1)[1]);
    }

    [Fact]
    public async Task With_a_port_for_each_device_a_drop_concerns_one()
    {
        await using var bench = new Bench("at 00:00:10 drop line-1 for 5s", new PlantServerOptions { PortPerDevice = true });
        using var other = new RawMaster(bench.Server.PortOf("line-2"));
        bench.MoveTo(11);
        Assert.Throws<SocketException>(() => new RawMaster(bench.Server.PortOf("line-1")));
        Assert.Equal(1, other.Ask(1, 3, 4, 0, 1)[1]);
    }

    [Fact]
    public async Task A_taken_port_is_an_error_and_leaves_nothing_behind()
    {
        await using var bench = new Bench();
        var options = new PlantServerOptions { Port = bench.Server.PortOf("plc") };
        Assert.Equal(SocketError.AddressAlreadyInUse, Assert.Throws<SocketException>(() => PlantServer.Start(bench.Plant, options)).SocketErrorCode);
    }

    private sealed class Bench : IAsyncDisposable
    {
        public Bench(PlantServerOptions? options = null)
            : this("", options)
        {
        }

        public Bench(string script, PlantServerOptions? options = null)
        {
            Clock = new LockStepClock(Start);
            Plant = new Plant(PlantProfile.Demo, 1, Start, FaultScript.Parse(script));
            Server = PlantServer.Start(Plant, options, Clock);
        }

        public LockStepClock Clock { get; }

        public Plant Plant { get; }

        public PlantServer Server { get; }

        public void MoveTo(double seconds) => Clock.RunUntil(Start.AddMicroseconds(seconds * 1e6));

        public Task ReceivedAllAsync(long bytes) => Until.TrueAsync(() => Server.BytesReceived >= bytes, $"the server to have dealt with {bytes} bytes");

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
