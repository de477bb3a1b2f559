using EdgeGateway.Drivers.Modbus.Options;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.Modbus.Tests;

/// <summary>Times that one device of a line needs and others do not, over the bus machine's own time.</summary>
public sealed class DevicePatienceTests
{
    private const long Second = 1_000_000;
    private static readonly TimeSpan Fast = TimeSpan.FromMilliseconds(20);

    [Theory]
    [InlineData("modbus_tcp")]
    [InlineData("modbus_rtu")]
    public void A_device_gets_its_time_between_requests_and_others_are_asked_meanwhile(string driver)
    {
        var slow = Plant.Device("slow", 1, Plant.Point("a", 10, poll: Fast), Plant.Point("b", 200, poll: Fast), Plant.Point("c", 400, poll: Fast));
        slow.Options.Set(ModbusOptions.DeviceGap, TimeSpan.FromMilliseconds(100));
        var quick = Plant.Device("quick", 2, Plant.Row(20, 1, Fast));
        var plan = driver == "modbus_tcp" ? Plant.Bus(502, slow, quick) : Plant.Serial(driver, "/dev/none", TimeSpan.FromSeconds(1), _ => { }, slow, quick);
        var run = new MachineRun(plan, (_, _) => Answer.Good, roundTrip: 5_000);
        run.For(30 * Second);
        var times = run.Asked.Where(a => a.Unit == 1).Select(a => a.At).ToArray();
        for (var i = 1; i < times.Length; i++) Assert.True(times[i] - times[i - 1] >= 105_000, $"{times[i] - times[i - 1]} µs");
        // As often as that allows, and each of its requests in turn.
        Assert.InRange(times.Length, 260, 290);
        foreach (var address in (int[])[10, 200, 400]) Assert.InRange(run.Asked.Count(a => a.Unit == 1 && a.Request.Address == address), 80, 100);
        Assert.InRange(run.Asked.Count(a => a.Unit == 2), 1_400, 1_501);
        Assert.All(run.Sink.Samples, s => Assert.Equal(Quality.Good, s.Quality));
    }

    [Fact]
    public void A_device_is_waited_for_as_long_as_its_own_timeout_says()
    {
        var hasty = Plant.Device("hasty", 1, Plant.Row(10, 1, TimeSpan.FromSeconds(1)));
        hasty.Options.Set(ModbusOptions.DeviceTimeout, TimeSpan.FromMilliseconds(200));
        var run = new MachineRun(Plant.Bus(502, TimeSpan.FromSeconds(5), hasty, Plant.Device("b", 2, Plant.Row(20, 1, Fast))), (unit, _) => unit == 1 ? Answer.Silence : Answer.Good);
        run.For(30 * Second);
        var probes = run.Asked.Index().Where(a => a.Item.Unit == 1).ToArray();
        Assert.InRange(probes.Length, 4, 6);
        foreach (var (at, probe) in probes) Assert.Equal(probe.At + 200_000, run.Asked[at + 1].At);
    }
}
