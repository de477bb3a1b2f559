using System.Text;
using CsCheck;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.PointTables;

namespace EdgeGateway.DeviceMaps.Tests;

public sealed class PointTableTests
{
    private const string Head = "gateway: {id: gw-01}\nconnections: {net: {modbus_tcp: {host: h}}}\n";

    [Fact]
    public void Exported_and_imported_again_is_the_same_plant()
    {
        var registrations = new Registrations();
        var map = Head + "devices:\n  电表: {connection: net, rated_power: 75 kW, points: {电能: {address: 0x48, type: u32, kind: counter, unit: kWh, resolution: 0.01}, v: {address: 1, type: u16, unit: V, sentinel: -1}}}\n"
            + "  plc: {connection: net, points: {state: {address: 4, type: u16, kind: state, map: {0: stopped, 1: idle}}, good: {address: 0, type: u32, kind: counter, unit: piece, max_rate: 60/min}}}\n";
        var csv = PointTable.Export((MapTable)MapReader.Read("m", map, new FaultList())!, registrations.DriverSchemas);
        foreach (var chinese in new[] { false, true })
        {
            var faults = new FaultList();
            var part = PointTable.Import("t.csv", CsvText.Decode(CsvText.Encode(csv, chinese))!, null, "net", registrations.DriverSchemas, faults);
            Assert.Empty(faults.Ordered.Concat(faults.Warnings));
            Assert.Equal(Points(map), Points(Head + part));
        }
    }

    [Fact]
    public void Every_shipped_template_goes_through_a_table_unchanged()
    {
        var registrations = new Registrations();
        foreach (var values in TemplateValues.All)
        {
            var (map, faults) = MapFile.Parse("m", Head + $"devices: {{m: {{connection: net, unit_id: 7, template: {values.Template}, {values.Device}}}}}\n", ".", _ => null);
            Assert.Empty(faults);
            var csv = PointTable.Export((MapTable)MapReader.Read("m", map!.Text, new FaultList())!, registrations.DriverSchemas);
            foreach (var chinese in new[] { false, true })
            {
                var found = new FaultList();
                var part = PointTable.Import("t.csv", CsvText.Decode(CsvText.Encode(csv, chinese))!, null, null, registrations.DriverSchemas, found);
                Assert.Empty(found.Ordered.Concat(found.Warnings));
                Assert.Equal(Points(map.Text), Points(Head + part));
            }
        }
    }

    [Fact]
    public void A_table_as_factories_hand_it_over()
    {
        var faults = new FaultList();
        const string table = "测点;地址;数据类型;单位;倍率;备注\r\n电压;100;u16;V;0.1;\"A相\r\n线电压\"\r\n;;;;;\r\n功率;110;f32;kW;;\r\n";
        var part = PointTable.Import("t.csv", CsvText.Decode(CsvText.Encode(table, chinese: true))!, "表-1", null, new Registrations().DriverSchemas, faults);
        Assert.Equal("devices:\n  表-1:\n    points:\n      电压: {address: \"100\", type: \"u16\", unit: \"V\", resolution: \"0.1\"}\n      功率: {address: \"110\", type: \"f32\", unit: \"kW\"}\n", part);
        Assert.Equal(["t.csv:1:5: The column '倍率' is taken for 'resolution' (分辨率), what one step of the register is worth; if it is CT × PT, call it 变比.", "t.csv:1:6: The column '备注' is passed over"], faults.Warnings.Select(w => w.ToString()));
    }

    [Fact]
    public void Options_of_devices_lists_and_tables_have_columns_too()
    {
        var faults = new FaultList();
        const string table = "设备,站号,max_registers,device.forbidden,测点,地址,数据类型,weights,writable,device.ratio\n表,3,60,100-119; 200,a,1,u16,,min: 0；max: 5,40\n表,3,,,b,2,u16,10000; 1,,\n";
        Assert.Equal("""
            devices:
              表:
                connection: net
                unit_id: "3"
                max_registers: "60"
                forbidden: ["100-119", "200"]
                ratio: "40"
                points:
                  a: {address: "1", type: "u16", writable: {min: 0, max: 5}}
                  b: {address: "2", type: "u16", weights: ["10000", "1"]}

            """, PointTable.Import("t", table, null, "net", new Registrations().DriverSchemas, faults));
        Assert.Empty(faults.Ordered.Concat(faults.Warnings));
    }

    [Theory]
    [InlineData("device,unit_id,point,address\nd,3,a,1\nd,4,b,2", "3:2: device.unit_id: device 'd' has '3' in line 2 and '4' here: one device has one.")]
    [InlineData("", "1:1: The table is empty, or a quote in it is never closed.")]
    [InlineData("point,\"a", "1:1: The table is empty, or a quote in it is never closed.")]
    [InlineData("a,address\nx,1", "1:1: There is no column 'point' (测点): the first row must hold the names of the columns.")]
    [InlineData("point,address,地址\nx,1,2", "1:3: The column 'address' stands twice.")]
    [InlineData("point,address\n\nx.y,1\nz,2\nz,3", "3:1: point: the name 'x.y' holds '.': use letters of any script, digits, '_' and '-'.|5:1: The point 'd.z' stands twice.")]
    public void Faults_have_their_line(string table, string expected)
    {
        var faults = new FaultList();
        PointTable.Import("t", table, "d", null, new Registrations().DriverSchemas, faults);
        Assert.Equal(expected, string.Join('|', faults.Ordered.Select(f => $"{f.Mark.Line}:{f.Mark.Column}: {f.Message}")));
    }

    [Fact]
    public void Rows_written_and_read_again_are_the_same() => Gen.Char["ab,;\"\n 中"].Array[1, 6].Select(c => new string(c)).Array[2, 4].Sample(cells =>
    {
        var read = CsvText.Parse(CsvText.Row(["h", "i"]) + CsvText.Row(cells));
        var trimmed = cells.Select(c => c.Trim()).ToList();
        if (trimmed.Any(c => c.Length > 0)) Assert.Equal(trimmed, read![1].Cells);
    }, iter: 2_000);

    [Fact]
    public void Any_text_makes_a_part_or_a_fault()
    {
        var drivers = new Registrations().DriverSchemas;
        Gen.Char["device.pointaddress,;\t\"\n\r 测点0x1:；倍率"].Array[0, 80].Select(c => new string(c)).Sample(text =>
        {
            var faults = new FaultList();
            var part = PointTable.Import("t", "point,device,站号,map,weights\n" + text, null, "net", drivers, faults);
            Assert.True(part.StartsWith("devices:", StringComparison.Ordinal) || !faults.IsEmpty);
        }, iter: 2_000);
    }

    [Fact]
    public void Bytes_of_neither_encoding_are_refused() => Assert.Null(CsvText.Decode([0x61, 0xFF, 0xFF]));

    private static string Points(string text)
    {
        var (map, faults) = MapFile.Parse("m", text, ".", _ => null);
        Assert.Empty(faults);
        var drivers = map!.Registrations.DriverSchemas;
        return string.Join('\n', map.Plant.Devices.SelectMany(d => d.Points.Select(p => $"{d.Connection} {drivers[0].Address(d)} {Given(drivers[0].Device, d.Options)} {p.Path} {p.Kind} {p.Unit} {p.Poll} {p.MaxGap} {p.Resolution.Normalize()} {p.Ratio.Normalize()} {p.Modulus} {p.RatedPerSecond} {string.Join(',', p.States)} {drivers[0].Place(d, p)} {Given(drivers[0].Point, p.Options)}")));
    }

    private static string Given(OptionTable table, OptionValues values) => string.Join(',', table.Items.Where(values.Has).Select(o => o.Key));
}
