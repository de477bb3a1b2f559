using CsCheck;
using EdgeGateway.Drivers.Modbus.Options;
using EdgeGateway.Drivers.Modbus.Polling;
using EdgeGateway.Modbus.Framing;
using EdgeGateway.Modbus.Pdu;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.Modbus.Tests;

/// <summary>The bus machine on lines whose frames carry no number, over hours of its own time.</summary>
public sealed class BareLineTests
{
    private const long Second = 1_000_000;
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    [Fact]
    public void Silence_before_a_frame_follows_the_baud_rate()
    {
        foreach (var (baud, silence) in new[] { (9_600L, 4_011L), (19_200L, 2_006L), (115_200L, 1_750L) })
        {
            var fast = TimeSpan.FromMilliseconds(1);
            var run = new MachineRun(Serial(baud, Plant.Device("a", 1, Plant.Row(10, 2, fast)), Plant.Device("b", 2, Plant.Row(10, 2, fast))), (_, _) => Answer.Good, roundTrip: 30_000);
            run.For(Second);
            var times = run.Asked.Select(a => a.At).ToArray();
            for (var i = 2; i < times.Length; i++) Assert.Equal(30_000 + silence, times[i] - times[i - 1]);
        }
    }

    [Fact]
    public void Another_device_is_given_the_turnaround()
    {
        var fast = TimeSpan.FromMilliseconds(1);
        var plan = Serial(115_200, Plant.Device("a", 1, Plant.Row(10, 2, fast)), Plant.Device("b", 2, Plant.Row(10, 2, fast)));
        plan.Connection.Options.Set(ModbusOptions.Turnaround, TimeSpan.FromMilliseconds(40));
        var run = new MachineRun(plan, (_, _) => Answer.Good, roundTrip: 30_000);
        run.For(Second);
        for (var i = 2; i < run.Asked.Count; i++)
        {
            var other = run.Asked[i].Unit != run.Asked[i - 1].Unit;
            Assert.Equal(31_750 + (other ? 40_000 : 0), run.Asked[i].At - run.Asked[i - 1].At);
        }
    }

    [Fact]
    public void A_silent_device_is_left_alone_until_no_late_reply_can_come()
    {
        var run = new MachineRun(Serial(9_600, Plant.Device("a", 1, Plant.Row(10, 1, TimeSpan.FromMilliseconds(100)))), (_, _) => Answer.Silence);
        run.For(10 * Second);
        var times = run.Asked.Select(a => a.At).ToArray();
        Assert.True(times.Length > 3);
        for (var i = 1; i < times.Length; i++) Assert.True(times[i] - times[i - 1] >= 2 * Second, $"{times[i] - times[i - 1]} µs");
    }

    [Fact]
    public void Whatever_arrives_unasked_is_dropped()
    {
        var run = new MachineRun(Serial(9_600, Plant.Device("a", 1, Plant.Row(10, 2, OneSecond))), (_, _) => Answer.Good);
        run.For(Second / 2);
        var (wire, pdu) = (new byte[Rtu.MaxFrame], new byte[10]);
        var late = wire.AsSpan(0, Rtu.Write(wire, 1, pdu.AsSpan(0, ReadResponse.Write(pdu, FunctionCode.ReadHoldingRegisters, [0x77, 0x77, 0x77, 0x77])))).ToArray();
        for (var i = 0; i < 20; i++)
        {
            run.Arrive(late);
            run.For(Second / 4);
        }
        Assert.Equal(20, run.Health.StrayFrames);
        Assert.All(run.Sink.Samples, s => Assert.Equal((Quality.Good, 10L + s.Slot), (s.Quality, s.Integer)));
    }

    [Fact]
    public void Noise_before_an_answer_never_hides_it_nor_makes_a_value() => Gen.Byte.Array[1, 40].Sample(noise =>
    {
        var run = new MachineRun(Serial(9_600, Plant.Device("a", 1, Plant.Row(10, 5, OneSecond))), (_, _) => Answer.Good) { Before = () => noise };
        run.For(5 * Second);
        Assert.Equal(run.Asked.Count, run.Health.Responses);
        Assert.All(run.Sink.Samples, s => Assert.Equal((Quality.Good, 10L + s.Slot), (s.Quality, s.Integer)));
    }, iter: 200);

    [Fact]
    public void Random_bytes_never_make_a_value() => Gen.Select(Gen.Byte.Array[1, 64].List[1, 20], Gen.OneOf(Gen.Const("modbus_rtu"), Gen.Const("modbus_ascii"))).Sample((parts, driver) =>
    {
        var layout = BusLayout.Of(Plant.Serial(driver, "/dev/none", OneSecond, _ => { }, Plant.Device("a", 1, Plant.Row(10, 5, OneSecond))), 0, atOnce: true);
        var sink = new Collected();
        var machine = new BusMachine(layout, sink, () => 0.5, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        var now = 1_000_000_000L;
        machine.Advance(now);
        machine.Opened(now);
        foreach (var part in parts)
        {
            machine.Advance(now);
            machine.Sent(machine.Output.Length);
            if (machine.Line == LineState.Opening) machine.Opened(now);
            if (machine.Line == LineState.Up)
            {
                part.CopyTo(machine.Space);
                machine.Received(part.Length, now);
            }
            now += 300_000;
        }
        Assert.DoesNotContain(sink.Samples, s => s.Quality.HasValue());
    }, iter: 300);

    [Fact]
    public void A_line_full_of_noise_is_searched_on()
    {
        var run = new MachineRun(Serial(9_600, Plant.Device("a", 1, Plant.Row(10, 5, OneSecond))), (_, _) => Answer.Good) { Before = () => Enumerable.Repeat((byte)1, 1_500).ToArray() };
        run.For(5 * Second);
        Assert.True(run.Health.Responses >= 4);
        Assert.All(run.Sink.Samples, s => Assert.Equal((Quality.Good, 10L + s.Slot), (s.Quality, s.Integer)));
    }

    private static Pipeline.Buses.BusPlan Serial(long baud, params DeviceMaps.Plant.DeviceMap[] devices) =>
        Plant.Serial("modbus_rtu", "/dev/none", OneSecond, o => o.Set(SerialOptions.Baud, baud), devices);
}
