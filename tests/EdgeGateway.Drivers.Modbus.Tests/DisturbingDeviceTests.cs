using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Drivers.Modbus.Options;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.Modbus.Tests;

/// <summary>Devices that harm the line they share with others, over minutes of the bus machine's own time.</summary>
public sealed class DisturbingDeviceTests
{
    private const long Second = 1_000_000, Minute = 60 * Second;
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    private static DeviceMaps.Plant.DeviceMap[] BadAndGood => [Plant.Device("bad", 1, Plant.Row(10, 1, OneSecond)), Plant.Device("good", 2, Plant.Row(20, 1, OneSecond))];

    [Fact]
    public void A_device_at_which_its_gateway_hangs_up_costs_the_others_its_probes_alone() => Costs(Plant.Bus(502, BadAndGood), Answer.HangUp, Quality.BadDisconnected);

    [Fact]
    public void A_device_whose_frames_cannot_be_followed_costs_the_others_its_probes_alone() => Costs(Plant.Bus(502, BadAndGood), Answer.Damaged, Quality.BadMalformed);

    [Fact]
    public void A_device_whose_answers_are_damaged_costs_the_others_its_probes_alone() => Costs(Plant.Serial("modbus_rtu", "/dev/none", OneSecond, _ => { }, BadAndGood), Answer.Damaged, Quality.BadMalformed);

    [Fact]
    public void Noise_in_the_place_of_an_answer_does_not_hide_that_a_device_is_silent()
    {
        var run = new MachineRun(Plant.Serial("modbus_rtu", "/dev/none", OneSecond, _ => { }, BadAndGood), (unit, _) => unit == 1 ? Answer.Silence : Answer.Good) { Before = () => [0x55] };
        run.For(10 * Minute);
        Assert.InRange(run.Asked.Count(a => a.Unit == 1), 8, 20);
        Assert.InRange(run.Sink.Of(1).Count(s => s is { Quality: Quality.Good, Integer: 20 }), 570, 601);
    }

    [Theory]
    [InlineData("0xFE")]
    [InlineData("beat")]
    public void A_heartbeat_in_the_place_of_an_answer_is_no_damaged_answer(string heartbeat)
    {
        var options = new OptionValues { Mark = Plant.Here }.Set(DtuOptions.Port, 9_000L).Set(DtuOptions.Heartbeat, heartbeat);
        var run = new MachineRun(Plant.Bus("modbus_dtu", options, BadAndGood), (unit, _) => unit == 1 ? Answer.Silence : Answer.Good) { Before = () => PacketText.Parse(heartbeat)! };
        run.For(Minute);
        Assert.Equal(0, run.Health.Devices[0].Malformed);
        Assert.True(run.Health.Devices[0].Timeouts > 3);
        Assert.Equal(run.Asked.Count, run.Health.Heartbeats);
        Assert.All(run.Sink.Of(1), s => Assert.Equal((Quality.Good, 20L), (s.Quality, s.Integer)));
    }

    private static void Costs(BusPlan plan, Answer deed, Quality reason)
    {
        var run = new MachineRun(plan, (unit, _) => unit == 1 ? deed : Answer.Good);
        run.For(10 * Minute);
        // Three at first, then at pauses that double to a minute.
        Assert.InRange(run.Asked.Count(a => a.Unit == 1), 8, 20);
        Assert.InRange(run.Sink.Of(0).Length, 590, 601);
        Assert.All(run.Sink.Of(0), s => Assert.True(s.Quality == reason || s.Quality == Quality.BadDisconnected, s.Quality.ToString()));
        Assert.InRange(run.Sink.Of(1).Count(s => s is { Quality: Quality.Good, Integer: 20 }), 570, 601);
        run.Device = (_, _) => Answer.Good;
        run.For(2 * Minute);
        Assert.Equal((Quality.Good, 10L), (run.Sink.Of(0)[^1].Quality, run.Sink.Of(0)[^1].Integer));
        Assert.True(run.Health.Devices[0].Online);
    }
}
