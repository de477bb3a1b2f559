using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Drivers.Modbus.Options;
using EdgeGateway.Modbus.Pdu;
using EdgeGateway.Modbus.Registers;
using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Writing;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Drivers.Modbus.Tests;

/// <summary>Writing to a pymodbus drive that says which functions it was asked.</summary>
public sealed class WritingTests
{
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(5);
    private static readonly int[] WritingFunctions = [5, 6, 15, 16, 22, 23];

    [Fact]
    public async Task Every_form_of_value_is_written_read_back_and_polled()
    {
        await using var drive = await Drive.OnTcpAsync();
        var sink = new Collected();
        await using var bus = Writing(Plant.Net("modbus_tcp", drive.Port, Patient, Plant.Device("drive", 1,
            Register("speed", 10), Register("torque", 20, RegisterType.F32), Register("limit", 30, RegisterType.I32, new(1, -1)), Coil("run", 5), Bit("mode", 40, 4, 3), State("step", 45))), sink);
        await ConnectedAsync(bus);
        (int Slot, double Value, int Function)[] orders = [(0, 42, 6), (1, 12.5, 16), (2, -34.5, 16), (3, 1, 5), (4, 5, 22), (5, 2, 6)];
        foreach (var (slot, value, function) in orders)
        {
            var outcome = await bus.Bus.WriteAsync(new WriteOrder(slot, value), TestContext.Current.CancellationToken);
            Assert.True(outcome.Written, outcome.Detail);
            Assert.Equal(value, outcome.ReadBack);
            await Until.TrueAsync(() => drive.Functions().Contains(function), $"function {function} at the drive");
        }
        await Until.TrueAsync(() => sink.Of(2) is [.., { Number: -34.5 }] && sink.Of(3) is [.., { Number: 1 }] && sink.Of(4) is [.., { Number: 5 }], "the polls to see what was written");
        await drive.WroteAsync([.. orders.Select(o => o.Function)]);
        Assert.All(bus.Health.Devices, d => Assert.Equal(0, d.Errors));
    }

    [Fact]
    public async Task Bits_beside_the_written_ones_stay()
    {
        await using var drive = await Drive.OnTcpAsync();
        await using var bus = Writing(Plant.Net("modbus_tcp", drive.Port, Patient, Plant.Device("drive", 1, Register("word", 40), Bit("mode", 40, 4, 3))), new Collected());
        await ConnectedAsync(bus);
        Assert.True((await bus.Bus.WriteAsync(new WriteOrder(0, 0xFFFF), TestContext.Current.CancellationToken)).Written);
        Assert.True((await bus.Bus.WriteAsync(new WriteOrder(1, 2), TestContext.Current.CancellationToken)).Written);
        Assert.Equal(0xFFFF & ~0x70 | 0x20, (await bus.Bus.WriteAsync(new WriteOrder(0, 0xFFAF), TestContext.Current.CancellationToken)).ReadBack);
    }

    [Theory]
    [InlineData(false, 5)]
    [InlineData(true, 15)]
    public async Task A_coil_of_a_device_that_swaps_bytes_is_written_as_it_was_ordered(bool many, int function)
    {
        await using var drive = await Drive.OnTcpAsync();
        var (sink, device) = (new Collected(), Plant.Device("drive", 1, Coil("run", 5)));
        device.Options.Set(ModbusOptions.DeviceOrder, WordOrder.Badc).Set(ModbusOptions.WriteMultiple, many);
        await using var bus = Writing(Plant.Net("modbus_tcp", drive.Port, Patient, device), sink);
        await ConnectedAsync(bus);
        foreach (var value in new[] { 1.0, 0.0, 1.0 })
        {
            var outcome = await bus.Bus.WriteAsync(new WriteOrder(0, value), TestContext.Current.CancellationToken);
            Assert.True(outcome.Written, outcome.Detail);
            Assert.Equal(value, outcome.ReadBack);
            await Until.TrueAsync(() => sink.Of(0) is [.., { Number: var polled }] && polled == value, "a poll to see what was written");
        }
        await drive.WroteAsync(function, function, function);
    }

    [Theory]
    [InlineData(50, 150, "gives back 100")]
    [InlineData(51, 7, "gives back 0")]
    [InlineData(60, 7, "refused: exception 2")]
    [InlineData(10, 7.5, "no multiple of its step")]
    [InlineData(10, 70_000, "does not fit u16")]
    public async Task What_the_device_did_not_take_is_said(int address, double value, string why)
    {
        await using var drive = await Drive.OnTcpAsync();
        await using var bus = Writing(Plant.Net("modbus_tcp", drive.Port, Patient, Plant.Device("drive", 1, Register("speed", address))), new Collected());
        await ConnectedAsync(bus);
        var outcome = await bus.Bus.WriteAsync(new WriteOrder(0, value), TestContext.Current.CancellationToken);
        Assert.False(outcome.Written);
        Assert.Contains(why, outcome.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_would_be_rounded_is_not_written()
    {
        await using var drive = await Drive.OnTcpAsync();
        await using var bus = Writing(Plant.Net("modbus_tcp", drive.Port, Patient, Plant.Device("drive", 1, Register("total", 10, RegisterType.U64))), new Collected());
        await ConnectedAsync(bus);
        Assert.Equal(9_007_199_254_740_991, (await bus.Bus.WriteAsync(new WriteOrder(0, 9_007_199_254_740_991), TestContext.Current.CancellationToken)).ReadBack);
        var outcome = await bus.Bus.WriteAsync(new WriteOrder(0, 9_007_199_254_740_993), TestContext.Current.CancellationToken);
        Assert.False(outcome.Written);
        Assert.Contains("exactly", outcome.Detail, StringComparison.Ordinal);
        await drive.WroteAsync(16);
    }

    [Fact]
    public async Task A_device_that_takes_functions_15_and_16_alone_gets_them()
    {
        await using var drive = await Drive.OnTcpAsync();
        var device = Plant.Device("drive", 1, Register("speed", 10), Coil("run", 5));
        device.Options.Set(ModbusOptions.WriteMultiple, true);
        await using var bus = Writing(Plant.Net("modbus_tcp", drive.Port, Patient, device), new Collected());
        await ConnectedAsync(bus);
        Assert.True((await bus.Bus.WriteAsync(new WriteOrder(0, 3), TestContext.Current.CancellationToken)).Written);
        Assert.True((await bus.Bus.WriteAsync(new WriteOrder(1, 1), TestContext.Current.CancellationToken)).Written);
        await drive.WroteAsync(16, 15);
    }

    [Theory]
    [InlineData("rtu_tcp", "modbus_rtu_tcp")]
    [InlineData("tty", "modbus_rtu")]
    public async Task Lines_without_numbers_write_as_well(string carrier, string driver)
    {
        await using var pair = await PtyPair.StartAsync();
        await using var drive = carrier == "tty" ? await Drive.OnSerialAsync(pair.Devices) : await Drive.OnTcpAsync(carrier);
        var device = Plant.Device("drive", 1, Register("speed", 10), Register("torque", 20, RegisterType.F32), Coil("run", 5));
        var plan = carrier == "tty" ? Plant.Serial(driver, pair.Master, Patient, _ => { }, device) : Plant.Net(driver, drive.Port, Patient, device);
        await using var bus = Writing(plan, new Collected());
        await ConnectedAsync(bus);
        foreach (var (slot, value) in new[] { (0, 42d), (1, 12.5), (2, 1) })
        {
            var outcome = await bus.Bus.WriteAsync(new WriteOrder(slot, value), TestContext.Current.CancellationToken);
            Assert.True(outcome.Written, outcome.Detail);
        }
        await drive.WroteAsync(6, 16, 5);
    }

    [Fact]
    public async Task A_gateway_that_only_reads_sends_no_writing_function_by_any_path()
    {
        await using var drive = await Drive.OnTcpAsync();
        var sink = new Collected();
        // The same map with a writable point, but without the permit.
        await using var bus = new RunningBus(Plant.Net("modbus_tcp", drive.Port, Patient, Plant.Device("drive", 1, Register("speed", 10), Coil("run", 5))), sink);
        await ConnectedAsync(bus);
        Assert.Empty(bus.Bus.Layout.Writable);
        foreach (var slot in new[] { 0, 1, 7 })
        {
            var outcome = await bus.Bus.WriteAsync(new WriteOrder(slot, 1), TestContext.Current.CancellationToken);
            Assert.False(outcome.Written);
            Assert.Contains("only reads", outcome.Detail, StringComparison.Ordinal);
        }
        var answers = bus.Health.Responses;
        await Until.TrueAsync(() => bus.Health.Responses >= answers + 5, "polls to go on");
        await bus.StopAsync();
        Assert.NotEmpty(drive.Functions());
        Assert.DoesNotContain(drive.Functions(), f => WritingFunctions.Contains(f));
    }

    [Fact]
    public async Task A_point_that_is_not_marked_is_not_written_by_a_gateway_that_may()
    {
        await using var drive = await Drive.OnTcpAsync();
        await using var bus = Writing(Plant.Net("modbus_tcp", drive.Port, Patient, Plant.Device("drive", 1, Plant.Point("speed", 10))), new Collected());
        await ConnectedAsync(bus);
        Assert.Contains("not marked writable", (await bus.Bus.WriteAsync(new WriteOrder(0, 1), TestContext.Current.CancellationToken)).Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(drive.Functions(), f => WritingFunctions.Contains(f));
    }

    [Fact]
    public async Task Without_a_connection_nothing_is_written_later()
    {
        var port = FreePort.Next();
        await using var bus = Writing(Plant.Net("modbus_tcp", port, Patient, Plant.Device("drive", 1, Register("speed", 10))), new Collected());
        await Until.TrueAsync(() => bus.Health.LastError is not null, "the refusal");
        Assert.Contains("nothing was written", (await bus.Bus.WriteAsync(new WriteOrder(0, 1), TestContext.Current.CancellationToken)).Detail, StringComparison.Ordinal);
        await bus.StopAsync();
        Assert.Contains("does not run", (await bus.Bus.WriteAsync(new WriteOrder(0, 1), TestContext.Current.CancellationToken)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_is_closed_between_polls_is_opened_for_a_write()
    {
        await using var drive = await Drive.OnTcpAsync();
        var speed = Register("speed", 10) with { Poll = TimeSpan.FromMinutes(10) };
        var plan = Plant.Net("modbus_tcp", drive.Port, Patient, Plant.Device("drive", 1, speed));
        plan.Connection.Options.Set(NetworkOptions.CloseWhenIdle, true);
        await using var bus = Writing(plan, new Collected());
        await Until.TrueAsync(() => bus.Health is { Responses: > 0, Connected: false } || bus.Health.Connects > 0, "the first connection");
        var outcome = await bus.Bus.WriteAsync(new WriteOrder(0, 42), TestContext.Current.CancellationToken);
        Assert.True(outcome.Written, outcome.Detail);
        await drive.WroteAsync(6);
    }

    [Fact]
    public async Task A_device_that_does_not_confirm_is_not_asked_twice()
    {
        var (devices, port) = await Peer.DevicesAsync("silent_write");
        await using var _ = devices;
        await using var bus = Writing(Plant.Net("modbus_tcp", port, TimeSpan.FromSeconds(1), Plant.Device("drive", 1, Register("speed", 10))), new Collected());
        await ConnectedAsync(bus);
        var outcome = await bus.Bus.WriteAsync(new WriteOrder(0, 3), TestContext.Current.CancellationToken);
        Assert.Contains("is not known", outcome.Detail, StringComparison.Ordinal);
        var answers = bus.Health.Responses;
        await Until.TrueAsync(() => bus.Health.Responses >= answers + 3, "polls to go on");
        Assert.Single(devices.Requests(), r => r == "1 6 10 3");
    }

    [Fact]
    public void What_cannot_be_written_is_a_fault_of_the_map()
    {
        var input = Register("input", 1);
        input.Options.Set(ModbusOptions.Table, FunctionCode.ReadInputRegisters);
        var sum = Register("sum", 3);
        sum.Options.Set(ModbusOptions.Weights, (IReadOnlyList<string>)["10000", "1"]);
        var bits = Register("bits", 5, RegisterType.U32);
        bits.Options.Set(ModbusOptions.Bit, 3L);
        var faults = new FaultList();
        new ModbusTcpDriver().Schema.CheckDevice(Plant.Device("drive", 1, input, sum, bits), faults);
        Assert.Equal(3, faults.Count);
    }

    private static RunningBus Writing(BusPlan plan, Collected sink) => new(plan, sink, services: sink.Services() with { Writes = WritePermit.Grant() });

    private static Task ConnectedAsync(RunningBus bus) => Until.TrueAsync(() => bus.Health.Responses > 0, $"an answer; {bus.Health.LastError}");

    private static PointMap Register(string name, int address, RegisterType type = RegisterType.U16, Records.Numbers.ExactDecimal? resolution = null) =>
        Plant.Point(name, address, type, PointKind.Gauge, resolution: resolution) with { Writable = new WriteLimits(new(-100_000, 0), new(100_000, 0), TimeSpan.Zero) };

    private static PointMap Coil(string name, int address)
    {
        var point = Register(name, address, RegisterType.Bool);
        point.Options.Set(ModbusOptions.Table, FunctionCode.ReadCoils);
        return point;
    }

    private static PointMap Bit(string name, int address, int bit, int bits)
    {
        var point = Register(name, address);
        point.Options.Set(ModbusOptions.Bit, (long)bit).Set(ModbusOptions.Bits, (long)bits);
        return point;
    }

    private static PointMap State(string name, int address) =>
        Register(name, address) with { Kind = PointKind.State, States = ImmutableSortedDictionary<long, MachineState>.Empty.Add(0, MachineState.Stopped).Add(2, MachineState.Running) };

    /// <summary>The drive; see drive.py.</summary>
    private sealed class Drive(PeerProcess process, int port) : IAsyncDisposable
    {
        public int Port => port;

        public static async Task<Drive> OnTcpAsync(string framing = "tcp")
        {
            var port = FreePort.Next();
            var process = Peer.Start("drive.py", framing, port.ToString(System.Globalization.CultureInfo.InvariantCulture));
            await process.ListensAsync(port);
            return new Drive(process, port);
        }

        public static async Task<Drive> OnSerialAsync(string path)
        {
            var process = Peer.Start("drive.py", path, "-");
            await process.SaysAsync("serving");
            return new Drive(process, 0);
        }

        public int[] Functions() => [.. process.Lines.Where(l => l.StartsWith("asked ", StringComparison.Ordinal)).Select(l => int.Parse(l.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture))];

        // What it prints arrives a little behind its answers.
        public async Task WroteAsync(params int[] functions)
        {
            await Until.TrueAsync(() => Writes().Length >= functions.Length, "the writes in the drive's log");
            Assert.Equal(functions, Writes());
        }

        private int[] Writes() => [.. Functions().Where(f => WritingFunctions.Contains(f))];

        public ValueTask DisposeAsync() => process.DisposeAsync();
    }
}
