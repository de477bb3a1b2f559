using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Drivers.Modbus.Options;
using EdgeGateway.Modbus.Pdu;
using EdgeGateway.Modbus.Registers;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.Modbus.Tests;

public sealed class DeviceCheckTests
{
    private static readonly Mark There = new("map.yaml", 7, 9);

    [Fact]
    public void A_sound_device_has_no_faults() => Assert.Empty(Check(
        Plant.Point("a", 65_534, RegisterType.F32), Plant.Point("b", 0, RegisterType.U16, PointKind.State), With(Plant.Point("c", 1, RegisterType.I16), ModbusOptions.Sentinel, -32768L)));

    [Fact]
    public void All_faults_are_told_at_their_place()
    {
        var faults = Check(
            With(Plant.Point("beyond", 65_535, RegisterType.U32), ModbusOptions.Address, 65_535L),
            With(Plant.Point("state", 0, RegisterType.F32, PointKind.State), ModbusOptions.Type, RegisterType.F32),
            Plant.Point("text", 0, kind: PointKind.Text),
            With(Plant.Point("sentinel", 0), ModbusOptions.Sentinel, 0x1_0000L),
            Plant.Point("resolution", 0, RegisterType.F32, resolution: new(-1, 0)),
            Plant.Point("digits", 0, kind: PointKind.Gauge, resolution: new(long.MaxValue, 0)) with { Ratio = new(3, 0) });
        Assert.Equal(6, faults.Count);
        Assert.Equal(3, faults.Count(f => f.Mark == There));
        foreach (var name in new[] { "beyond", "state", "text", "sentinel", "resolution", "digits" }) Assert.Single(faults, f => f.Message.StartsWith($"meter.{name}:", StringComparison.Ordinal));
    }

    [Fact]
    public void Formats_that_contradict_themselves_are_told_one_by_one()
    {
        var faults = Check(
            With(With(Plant.Point("coil", 0), ModbusOptions.Type, RegisterType.U16), ModbusOptions.Table, FunctionCode.ReadCoils),
            With(Plant.Point("flag-count", 0), ModbusOptions.Type, RegisterType.Bool),
            With(Plant.Point("string-gauge", 0, RegisterType.Text, PointKind.Gauge), ModbusOptions.Length, 4L),
            Plant.Point("no-length", 0, RegisterType.Text, PointKind.Text),
            With(Plant.Point("length", 0, kind: PointKind.Gauge), ModbusOptions.Length, 4L),
            With(Plant.Point("offset", 0), ModbusOptions.Offset, new ExactDecimal(5, 0)),
            With(Plant.Point("bit", 0, RegisterType.I16, PointKind.Gauge), ModbusOptions.Bit, 3L),
            With(Plant.Point("far-bit", 0, RegisterType.U16, PointKind.Gauge), ModbusOptions.Bit, 16L),
            With(Plant.Point("bits", 0, RegisterType.U16, PointKind.Gauge), ModbusOptions.Bits, 3L),
            With(Plant.Point("weights", 0, RegisterType.F32, PointKind.Gauge), ModbusOptions.Weights, (IReadOnlyList<string>)["1", "2"]),
            With(Plant.Point("date-order", 0, RegisterType.DateBcd, PointKind.Text), ModbusOptions.PointOrder, WordOrder.Cdab),
            With(Plant.Point("text-sentinel", 0, RegisterType.DateBcd, PointKind.Text), ModbusOptions.Sentinel, 1L));
        string[] names = ["coil", "flag-count", "string-gauge", "no-length", "length", "offset", "bit", "far-bit", "bits", "weights", "date-order", "text-sentinel"];
        foreach (var name in names) Assert.Single(faults, f => f.Message.StartsWith($"meter.{name}:", StringComparison.Ordinal));
        Assert.Equal(names.Length, faults.Count);
    }

    [Fact]
    public void Everybodys_address_is_a_fault_on_a_serial_line_alone()
    {
        foreach (var (driver, wrong) in new (ModbusDriver, bool)[] { (new ModbusTcpDriver(), false), (new ModbusUdpDriver(), false), (new ModbusRtuDriver(), true), (new ModbusAsciiDriver(), true), (new ModbusRtuTcpDriver(), true) })
        {
            var faults = new FaultList();
            driver.Schema.CheckDevice(Plant.Device("meter", 0, Plant.Point("a", 0)), faults);
            Assert.Equal(wrong, !faults.IsEmpty);
        }
    }

    [Theory]
    [InlineData("forbidden", "100-119", true)]
    [InlineData("forbidden", "7", true)]
    [InlineData("forbidden", "119-100", false)]
    [InlineData("forbidden", "1-70000", false)]
    [InlineData("forbidden", "x", false)]
    public void Ranges_of_a_device_are_read_from_the_map(string key, string written, bool right)
    {
        var faults = new FaultList();
        new ModbusRtuDriver().Schema.Device.Find(key)!.Read(new MapText(There, written, true), faults);
        Assert.Equal(right, faults.IsEmpty);
    }

    [Fact]
    public void A_type_wider_than_the_device_answers_is_a_fault()
    {
        var device = Plant.Device("meter", 1, Plant.Point("wide", 0, RegisterType.F64));
        device.Options.Set(ModbusOptions.MaxRegisters, 2L);
        var faults = new FaultList();
        new ModbusTcpDriver().Schema.CheckDevice(device, faults);
        Assert.Contains("max_registers: 2", Assert.Single(faults.Ordered).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("address", "0x10", 16L)]
    [InlineData("address", "65535", 65535L)]
    [InlineData("address", "65536", null)]
    [InlineData("sentinel", "0xFFFFFFFFFFFFFFFF", -1L)]
    [InlineData("type", "f32", RegisterType.F32)]
    [InlineData("type", "float", null)]
    [InlineData("order", "CDAB", WordOrder.Cdab)]
    public void Options_of_a_point_are_read_from_the_map(string key, string written, object? expected)
    {
        var faults = new FaultList();
        var value = new ModbusTcpDriver().Schema.Point.Find(key)!.Read(new MapText(There, written, true), faults);
        Assert.Equal(expected, value);
        Assert.Equal(expected is null, !faults.IsEmpty);
    }

    [Fact]
    public void Every_option_has_its_words_and_defaults()
    {
        DriverSchema[] schemas = [.. new ModbusDriver[] { new ModbusTcpDriver(), new ModbusUdpDriver(), new ModbusRtuTcpDriver(), new ModbusRtuDriver(), new ModbusAsciiDriver() }.Select(d => d.Schema)];
        Assert.Equal(["modbus_tcp", "modbus_udp", "modbus_rtu_tcp", "modbus_rtu", "modbus_ascii"], schemas.Select(s => s.Key));
        foreach (var schema in schemas) foreach (var table in new[] { schema.Connection, schema.Device, schema.Point })
        {
            Assert.Equal(table.Items.Count, table.Items.Select(o => o.Key).Distinct().Count());
            Assert.All(table.Items, o => Assert.EndsWith(".", o.Doc, StringComparison.Ordinal));
            Assert.All(table.Items.Where(o => o.DefaultText is not null), o => Assert.Equal(o.DefaultValue, o.Read(new MapText(There, o.DefaultText!, true), new FaultList())));
        }
    }

    private static PointMap With<T>(PointMap point, Option<T> option, T value) where T : notnull
    {
        point.Options.Set(option, value, There);
        return point;
    }

    private static IReadOnlyList<Fault> Check(params PointMap[] points)
    {
        var faults = new FaultList();
        new ModbusTcpDriver().Schema.CheckDevice(Plant.Device("meter", 1, points), faults);
        return faults.Ordered;
    }
}
