using System.Text;
using CsCheck;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Located;
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
            Assert.Equal(Points(map), Points(Head + part.Replace("  电表:\n", "  电表:\n    rated_power: 75 kW\n", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void A_table_as_factories_hand_it_over()
    {
        var faults = new FaultList();
        const string table = "测点;地址;数据类型;单位;倍率;备注\r\n电压;100;u16;V;0.1;\"A相\r\n线电压\"\r\n;;;;;\r\n功率;110;f32;kW;;\r\n";
        var part = PointTable.Import("t.csv", CsvText.Decode(CsvText.Encode(table, chinese: true))!, "表-1", null, new Registrations().DriverSchemas, faults);
        Assert.Equal("devices:\n  表-1:\n    points:\n      电压: {address: \"100\", type: \"u16\", unit: \"V\", resolution: \"0.1\"}\n      功率: {address: \"110\", type: \"f32\", unit: \"kW\"}\n", part);
        Assert.Equal("t.csv:1:6: The column '备注' is passed over", Assert.Single(faults.Warnings).ToString());
    }

    [Theory]
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
    public void Bytes_of_neither_encoding_are_refused() => Assert.Null(CsvText.Decode([0x61, 0xFF, 0xFF]));

    private static string Points(string text)
    {
        var (map, faults) = MapFile.Parse("m", text, ".", _ => null);
        Assert.Empty(faults);
        return string.Join('\n', map!.Plant.Devices.SelectMany(d => d.Points).Select(p => $"{p.Path} {p.Kind} {p.Unit} {p.Resolution} {p.RatedPerSecond} {string.Join(',', p.States)} {string.Join(',', map.Registrations.DriverSchemas[0].Point.Items.Where(p.Options.Has).Select(o => o.Key))}"));
    }
}
