using System.Globalization;
using EdgeGateway.FirmwareSim.Plants;
using EdgeGateway.FirmwareSim.Profiles;
using EdgeGateway.FirmwareSim.Serving;
using EdgeGateway.FirmwareSim.Time;
using EdgeGateway.Peers;

namespace EdgeGateway.FirmwareSim.Tests.Peers;

/// <summary>Masters that share no code with the plant read it while its time stands still.</summary>
public sealed class RealMasterTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Mbpoll_reads_every_type_from_both_tables()
    {
        var (plant, server, now) = Frozen();
        await using var _ = server;
        uint Bits(string device, string register) => plant.RegisterBits(device, register, now);

        var words = await MbpollAsync(server, "-a", "1", "-r", "1", "-c", "10", "-t", "4");
        Assert.Equal(10, words.Count);
        Assert.Equal(Bits("workshop", "voltage"), ((uint)Number(words["1"]) << 16) | (uint)Number(words["2"]));

        var energy = await MbpollAsync(server, "-a", "1", "-0", "-r", "72", "-c", "1", "-t", "3:float", "-B");
        Assert.Equal(BitConverter.UInt32BitsToSingle(Bits("workshop", "energy")), float.Parse(energy["72"], CultureInfo.InvariantCulture), 0.01f);

        var power = await MbpollAsync(server, "-a", "2", "-0", "-r", "16", "-c", "1", "-t", "4:float", "-B");
        Assert.Equal(BitConverter.UInt32BitsToSingle(Bits("line-1", "power")), float.Parse(power["16"], CultureInfo.InvariantCulture), 0.1f);

        var line1 = await MbpollAsync(server, "-a", "2", "-0", "-r", "32", "-c", "2", "-t", "4:int", "-B");
        Assert.Equal([Bits("line-1", "energy"), Bits("line-1", "energy-wh")], [(uint)Number(line1["32"]), (uint)Number(line1["34"])]);

        var line2 = await MbpollAsync(server, "-a", "3", "-0", "-r", "0", "-c", "1", "-t", "3");
        Assert.Equal(Bits("line-2", "voltage"), (uint)Number(line2["0"]));

        var plc = await MbpollAsync(server, "-a", "10", "-0", "-r", "0", "-c", "1", "-t", "4:int", "-B");
        Assert.Equal(Bits("plc", "good-1"), (uint)Number(plc["0"]));
        var state = await MbpollAsync(server, "-a", "10", "-0", "-r", "4", "-c", "1", "-t", "3");
        Assert.Equal(Bits("plc", "state-1"), (uint)Number(state["4"]));
    }

    [Fact]
    public async Task Pymodbus_reads_the_registers_and_meets_the_exceptions()
    {
        var (plant, server, now) = Frozen();
        await using var _ = server;
        await using var python = PeerProcess.Start("/usr/bin/python3", ["-c", """
            import struct, sys
            from pymodbus.client import ModbusTcpClient
            c = ModbusTcpClient("127.0.0.1", port=int(sys.argv[1]))
            assert c.connect()
            def f32(r): return struct.unpack(">I", struct.pack(">HH", *r))[0]
            r = c.read_input_registers(0x34, 22, slave=1).registers
            print("workshop power", f32(r[0:2]))
            print("workshop energy", f32(r[20:22]))
            r = c.read_holding_registers(0x20, 4, slave=2).registers
            print("line-1 energy", f32(r[0:2]))
            print("line-1 energy-wh", f32(r[2:4]))
            r = c.read_holding_registers(0, 32, slave=10).registers
            print("plc good-2", f32(r[16:18]))
            print("plc state-2", r[20])
            bits = c.read_discrete_inputs(0, 2, slave=10).bits
            print("inputs", int(bits[0]) + 2 * int(bits[1]))
            print("range", c.read_holding_registers(60, 10, slave=2).exception_code)
            print("table", c.read_input_registers(0, 1, slave=2).exception_code)
            print("write", c.write_register(0, 1, slave=2).exception_code)
            print("writes", c.write_registers(0, [1, 2], slave=2).exception_code)
            print("unit", c.read_holding_registers(0, 1, slave=99).exception_code)
            print("done")
            """, server.PortOf("plc").ToString(CultureInfo.InvariantCulture)]);
        await python.WaitForExitAsync();
        await python.SaysAsync("done");
        foreach (var (device, register) in new[] { ("workshop", "power"), ("workshop", "energy"), ("line-1", "energy"), ("line-1", "energy-wh"), ("plc", "good-2"), ("plc", "state-2") })
            Assert.Contains($"{device} {register} {plant.RegisterBits(device, register, now)}", python.Lines);
        var running = Enumerable.Range(1, 2).Sum(i => plant.Ledger.StateMicros($"line-{i}", LineState.Running, now, now + 1) * i);
        Assert.Contains($"inputs {running}", python.Lines);
        foreach (var line in (string[])["range 2", "table 1", "write 1", "writes 1", "unit 11"]) Assert.Contains(line, python.Lines);
    }

    [Fact]
    public async Task Pymodbus_reads_rtu_frames_over_tcp()
    {
        var (plant, server, now) = Frozen(new PlantServerOptions { Rtu = true });
        await using var _ = server;
        await using var python = PeerProcess.Start("/usr/bin/python3", ["-c", """
            import sys
            from pymodbus.client import ModbusTcpClient
            from pymodbus.transaction import ModbusRtuFramer
            c = ModbusTcpClient("127.0.0.1", port=int(sys.argv[1]), framer=ModbusRtuFramer)
            assert c.connect()
            r = c.read_holding_registers(0x22, 2, slave=2).registers
            print("energy-wh", (r[0] << 16) + r[1])
            print("range", c.read_holding_registers(60, 10, slave=2).exception_code)
            print("done")
            """, server.PortOf("plc").ToString(CultureInfo.InvariantCulture)]);
        await python.WaitForExitAsync();
        await python.SaysAsync("done");
        Assert.Contains($"energy-wh {plant.RegisterBits("line-1", "energy-wh", now)}", python.Lines);
        Assert.Contains("range 2", python.Lines);
    }

    private static (Plant Plant, PlantServer Server, long Now) Frozen(PlantServerOptions? options = null)
    {
        var plant = new Plant(PlantProfile.Demo, 11, Start);
        var clock = new LockStepClock(Start.AddSeconds(1234));
        return (plant, PlantServer.Start(plant, options, clock), clock.NowMicros);
    }

    private static long Number(string text) => long.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture);

    private static async Task<Dictionary<string, string>> MbpollAsync(PlantServer server, params string[] arguments)
    {
        await using var mbpoll = PeerProcess.Start("mbpoll", ["-m", "tcp", "-1", "-p", server.PortOf("plc").ToString(CultureInfo.InvariantCulture), .. arguments, "127.0.0.1"]);
        await mbpoll.WaitForExitAsync();
        await Until.TrueAsync(() => mbpoll.ExitCode != 0 || mbpoll.Lines.Any(l => l.StartsWith('[')), "mbpoll's values");
        Assert.True(mbpoll.ExitCode == 0, mbpoll.Output);
        return mbpoll.Lines.Where(l => l.StartsWith('[')).ToDictionary(l => l[1..l.IndexOf(']', StringComparison.Ordinal)], l => l[(l.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
    }
}
