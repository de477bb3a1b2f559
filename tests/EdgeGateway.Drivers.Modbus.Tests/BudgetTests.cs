using EdgeGateway.Drivers.Modbus.Budget;
using EdgeGateway.Drivers.Modbus.Options;

namespace EdgeGateway.Drivers.Modbus.Tests;

public sealed class BudgetTests
{
    [Fact]
    public void A_serial_line_takes_what_its_bytes_and_silences_take()
    {
        var device = Plant.Device("a", 3, Plant.Row(100, 50, TimeSpan.FromSeconds(1)));
        var bus = BusBudget.Of(Plant.Serial("modbus_rtu", "/dev/x", TimeSpan.FromSeconds(1), o => o.Set(SerialOptions.Baud, 9_600L), device).Connection, [device], TimeSpan.FromMilliseconds(20))!;
        var request = Assert.Single(bus.Requests);
        Assert.Equal(("a", 3, "holding registers 100-149", 50, 50), (request.Device, request.Unit, request.Items, request.Count, request.Points));
        // 8 + 105 characters of ten bits, two silences of 4.011 ms, 20 ms of the device.
        Assert.Equal(113 / 0.96 + 2 * 4.011 + 20, request.Takes.TotalMilliseconds, 0.01);
        Assert.Equal(request.Takes.TotalSeconds, bus.Load, 1e-9);
        Assert.True(bus.Fits);
        Assert.Equal("/dev/x (9600 8N1)", bus.Place);
    }

    [Fact]
    public void Too_much_for_a_line_is_told_with_what_it_becomes()
    {
        var devices = Enumerable.Range(1, 30).Select(u => Plant.Device($"d{u}", u, Plant.Row(0, 100, TimeSpan.FromSeconds(1)))).ToArray();
        var bus = BusBudget.Of(Plant.Serial("modbus_rtu", "/dev/x", TimeSpan.FromSeconds(1), o => o.Set(SerialOptions.Baud, 9_600L), devices).Connection, devices, TimeSpan.FromMilliseconds(20))!;
        Assert.Equal(30, bus.Requests.Length);
        Assert.False(bus.Fits);
        Assert.Equal(bus.Once.TotalSeconds, bus.Load, 1e-6);
        Assert.Equal(bus.Once.TotalSeconds, bus.Held(bus.Requests[0]).TotalSeconds, 1e-3);
        Assert.InRange(bus.Once.TotalSeconds, 7, 8);
    }

    [Fact]
    public void On_a_network_only_the_round_trip_and_the_gap_count()
    {
        var device = Plant.Device("a", 1, Plant.Row(0, 10, TimeSpan.FromSeconds(1)));
        var plan = Plant.Bus(502, device);
        plan.Connection.Options.Set(ModbusOptions.RequestGap, TimeSpan.FromMilliseconds(25));
        Assert.Equal(30, Assert.Single(BusBudget.Of(plan.Connection, [device], TimeSpan.FromMilliseconds(5))!.Requests).Takes.TotalMilliseconds);
        Assert.Null(BusBudget.Of(plan.Connection with { Driver = "opc_ua" }, [device], TimeSpan.Zero));
    }

    [Fact]
    public void A_device_that_needs_more_rest_than_there_is_is_told_though_its_line_has_time()
    {
        var device = Plant.Device("slow", 1, Plant.Point("a", 0, poll: TimeSpan.FromSeconds(1)), Plant.Point("b", 200, poll: TimeSpan.FromSeconds(1)));
        device.Options.Set(ModbusOptions.DeviceGap, TimeSpan.FromMilliseconds(480));
        var connection = Plant.Bus(502, device).Connection;
        Assert.True(BusBudget.Of(connection, [device], TimeSpan.FromMilliseconds(20))!.Fits);
        device.Options.Set(ModbusOptions.DeviceGap, TimeSpan.FromMilliseconds(580));
        var bus = BusBudget.Of(connection, [device], TimeSpan.FromMilliseconds(20))!;
        Assert.False(bus.Fits);
        Assert.Equal(0.04, bus.Load, 1e-9);
        var (name, load) = Assert.Single(bus.Hurried);
        Assert.Equal("slow", name);
        Assert.Equal(1.2, load, 1e-9);
    }

    [Fact]
    public void The_plan_tells_what_the_bus_then_asks()
    {
        var device = Plant.Device("a", 1, [.. Plant.Row(0, 10, TimeSpan.FromSeconds(1)), .. Plant.Row(40, 3, TimeSpan.FromSeconds(1)), .. Plant.Row(60, 2, TimeSpan.FromSeconds(5))]);
        var plan = Plant.Bus(502, device);
        var run = new MachineRun(plan, (_, _) => Answer.Good, atOnce: true);
        run.For(100_000);
        Assert.Equal(run.Asked.Select(a => (a.Request.Address, (int)a.Request.Count)).Order(),
            BusBudget.Of(plan.Connection, [device], TimeSpan.Zero)!.Requests.Select(r => (ushort.Parse(r.Items.Split(' ')[2].Split('-')[0], System.Globalization.CultureInfo.InvariantCulture), r.Count)).Select(r => (r.Item1, r.Count)).Order());
    }
}
