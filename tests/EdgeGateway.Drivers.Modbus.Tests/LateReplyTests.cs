using CsCheck;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Drivers.Modbus.Options;
using EdgeGateway.Drivers.Modbus.Polling;
using EdgeGateway.Modbus.Framing;
using EdgeGateway.Modbus.Pdu;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.Modbus.Tests;

/// <summary>Answers that come late on lines whose frames carry no number, amid noise and dropped lines: none may be taken for that of another request.</summary>
public sealed class LateReplyTests
{
    private const long Millisecond = 1_000, Second = 1_000 * Millisecond;
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    // No three of them begin an answer.
    private static readonly Gen<byte> Noise = Gen.OneOf(new byte[] { 0x00, 0x01, 0x02, 0x3A, 0x55, 0xFF }.Select(Gen.Const).ToArray());

    // Two blocks of one device, another device, and a further part of the first one: all requests ask for one register.
    private static DeviceMap[] Devices =>
    [
        Plant.Device("a", 1, Plant.Point("x", 10, poll: OneSecond), Plant.Point("y", 1_010, poll: OneSecond)),
        Plant.Device("b", 2, Plant.Point("x", 2_010, poll: OneSecond)),
        Plant.Device("c", 1, Plant.Point("x", 3_010, poll: OneSecond)),
    ];

    public static TheoryData<string> Lines => ["rtu", "ascii", "rtu-tcp", "rtu-udp", "any-number", "any-number-udp", "any-number-and-unit"];

    [Theory]
    [MemberData(nameof(Lines))]
    public void However_late_an_answer_is_within_two_timeouts_it_is_no_other_requests(string line) =>
        Gen.Select(Gen.Int[1, 1_980], Noise.Array[0, 3], Gen.Int[0, 900], Gen.Int[0, 30]).Array[20].Sample(acts =>
        {
            var run = new MachineRun(Bus(line), (_, _) => Answer.Silence);
            var (seen, arrivals) = (0, new List<(long At, byte[] Bytes)>());
            for (var end = run.Now + 60 * Second; run.Now < end;)
            {
                run.For(5 * Millisecond);
                for (; seen < run.Asked.Count; seen++)
                {
                    var ((at, unit, request), (delay, noise, noiseAt, fate)) = (run.Asked[seen], acts[seen % acts.Length]);
                    // Numbered lines take noise for the end of the stream.
                    if (noise.Length > 0 && line != "any-number" && line != "any-number-and-unit") arrivals.Add((at + noiseAt * Millisecond, noise));
                    arrivals.Add((at + delay * Millisecond, Frame(run.Layout.Line, unit, request)));
                    if (fate == 0) run.Machine.Lost("the line falls", run.Now);
                }
                foreach (var (_, bytes) in arrivals.Where(a => a.At <= run.Now && run.Machine.Line == LineState.Up).OrderBy(a => a.At)) run.Arrive(bytes);
                arrivals.RemoveAll(a => a.At <= run.Now);
            }
            long[] values = [10, 1_010, 2_010, 3_010];
            Assert.All(run.Sink.Samples.Where(s => s.Quality.HasValue()), s => Assert.Equal(values[s.Slot], s.Integer));
            foreach (var slot in new[] { 0, 1, 2, 3 }) Assert.NotEmpty(run.Sink.Of(slot));
        }, iter: 40);

    [Fact]
    public void Noise_is_no_beginning_of_an_answer_that_is_still_to_come()
    {
        var run = new MachineRun(Bus("rtu"), (_, _) => Answer.Silence);
        while (run.Asked.Count == 0) run.For(Millisecond);
        run.Arrive([0x55]);
        run.For(600 * Millisecond);
        Assert.Single(run.Asked);
        run.Arrive(Frame(run.Layout.Line, run.Asked[0].Unit, run.Asked[0].Request));
        var sample = Assert.Single(run.Sink.Samples);
        Assert.Equal(Quality.Good, sample.Quality);
    }

    [Fact]
    public void A_damaged_answer_is_not_waited_for_to_the_end()
    {
        var run = new MachineRun(Bus("rtu"), (_, _) => Answer.Silence);
        while (run.Asked.Count == 0) run.For(Millisecond);
        var answer = Frame(run.Layout.Line, run.Asked[0].Unit, run.Asked[0].Request);
        answer[^1] ^= 1;
        run.Arrive(answer);
        run.For(300 * Millisecond);
        Assert.Equal(2, run.Asked.Count);
    }

    [Fact]
    public void A_device_that_heard_a_request_whose_echo_was_damaged_is_left_alone_until_it_cannot_answer()
    {
        var echo = Plant.Serial("modbus_rtu", "/dev/none", OneSecond, o => o.Set(SerialOptions.Echo, true), Devices);
        var run = new MachineRun(echo, (_, _) => Answer.Silence) { Before = () => [0x55] };
        while (!run.Asked.Any(a => a.Unit == 1)) run.For(Millisecond);
        var first = run.Asked.Last();
        for (var end = first.At + 2 * Second; run.Now < end; run.For(Millisecond)) Assert.Single(run.Asked, a => a.Unit == 1);
        run.For(2 * Second);
        Assert.True(run.Asked.Count(a => a.Unit == 1) > 1);
    }

    [Fact]
    public void What_comes_before_a_request_was_sent_is_no_answer_to_it()
    {
        var (layout, sink) = (BusLayout.Of(Bus("rtu"), 0, atOnce: true), new Collected());
        var machine = new BusMachine(layout, sink, () => 0.5, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        var now = 1_000_000_000L;
        machine.Advance(now);
        machine.Opened(now);
        machine.Advance(now += 10 * Millisecond);
        Assert.Equal(ScanStatus.Done, Rtu.ScanRequest(machine.Output, out _, out _));
        machine.Sent(machine.Output.Length - 1);
        Answer();
        Assert.Empty(sink.Samples);
        Assert.Equal(1, layout.Health.StrayFrames);
        machine.Sent(1);
        Answer();
        Assert.Equal((Quality.Good, 10L), (Assert.Single(sink.Samples).Quality, sink.Samples.Single().Integer));

        void Answer()
        {
            var answer = Frame(layout.Line, 1, new ReadRequest(FunctionCode.ReadHoldingRegisters, 10, 1));
            answer.CopyTo(machine.Space);
            machine.Received(answer.Length, now += Millisecond);
        }
    }

    private static BusPlan Bus(string line)
    {
        OptionValues Net() => new OptionValues { Mark = Plant.Here }.Set(NetworkOptions.Host, "127.0.0.1").Set(NetworkOptions.Port, 502L).Set(ModbusOptions.Timeout, OneSecond);
        return line switch
        {
            "rtu" => Plant.Serial("modbus_rtu", "/dev/none", OneSecond, _ => { }, Devices),
            "ascii" => Plant.Serial("modbus_ascii", "/dev/none", OneSecond, _ => { }, Devices),
            "rtu-tcp" => Plant.Bus("modbus_rtu_tcp", Net(), Devices),
            "rtu-udp" => Plant.Bus("modbus_udp", Net().Set(NetworkOptions.DatagramsAreRtu, true), Devices),
            "any-number" => Plant.Bus("modbus_tcp", Net().Set(NetworkOptions.IgnoreTransaction, true), Devices),
            "any-number-udp" => Plant.Bus("modbus_udp", Net().Set(NetworkOptions.IgnoreTransaction, true), Devices),
            _ => Plant.Bus("modbus_tcp", Net().Set(NetworkOptions.IgnoreTransaction, true).Set(NetworkOptions.IgnoreUnit, true), Devices),
        };
    }

    private static byte[] Frame(LineSettings line, byte unit, ReadRequest request)
    {
        var (pdu, wire) = (new byte[Mbap.MaxPdu], new byte[AsciiFrame.MaxFrame]);
        var length = ReadResponse.Write(pdu, request.Function, [(byte)(request.Address >> 8), (byte)request.Address]);
        return wire[..(line.Bare?.Write(wire, unit, pdu.AsSpan(0, length)) ?? Mbap.Write(wire, 77, unit, pdu.AsSpan(0, length)))];
    }
}
