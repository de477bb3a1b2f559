using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.PointTables;

/// <summary>A column of a point table: an option of the point, or of its device.</summary>
/// <param name="Option">The option.</param>
/// <param name="OfDevice">True for an option of the device, which every row of one device repeats or leaves empty.</param>
internal sealed record PointColumn(Option Option, bool OfDevice)
{
    private const string Prefix = "device.";

    // What a template, or a device that had another name, was cannot be told in a table.
    private static readonly Option[] Elsewhere = [MapOptions.Device.Points, MapOptions.Device.Template, MapOptions.Device.Parameters, MapOptions.Device.Was, MapOptions.Device.Epochs];

    private static readonly Dictionary<string, string> Chinese = new(StringComparer.Ordinal)
    {
        ["设备"] = "device", ["设备名称"] = "device", ["测点"] = "point", ["测点名称"] = "point", ["点名"] = "point", ["名称"] = "point", ["地址"] = "address", ["寄存器地址"] = "address", ["数据类型"] = "type",
        ["类型"] = "type", ["单位"] = "unit", ["分辨率"] = "resolution", ["倍率"] = "resolution", ["变比"] = "ratio", ["种类"] = "kind", ["字序"] = "order", ["字节序"] = "order", ["寄存器表"] = "table", ["无效值"] = "sentinel",
        ["最大速率"] = "max_rate", ["额定功率"] = "rated_power", ["周期"] = "poll", ["轮询周期"] = "poll", ["模数"] = "modulus", ["状态表"] = "map",
        ["从站地址"] = "device.unit_id", ["从机地址"] = "device.unit_id", ["站号"] = "device.unit_id", ["通讯地址"] = "device.unit_id", ["连接"] = "device.connection", ["设备额定功率"] = "device.rated_power", ["设备变比"] = "device.ratio",
    };

    /// <summary>Its name in the first row.</summary>
    public string Name => (OfDevice ? Prefix : "") + Option.Key;

    /// <summary>Every column there may be, beside those that name device and point.</summary>
    public static IReadOnlyList<PointColumn> All(IReadOnlyList<DriverSchema> drivers) =>
    [
        .. MapOptions.Device.Table.Items.Except(Elsewhere).Concat(drivers.SelectMany(d => d.Device.Items)).DistinctBy(o => o.Key).Select(o => new PointColumn(o, true)),
        .. MapOptions.Point.Table.Items.Concat(drivers.SelectMany(d => d.Point.Items)).DistinctBy(o => o.Key).Select(o => new PointColumn(o, false)),
    ];

    /// <summary>The name that a written one stands for: a Chinese one, one in capitals, or that of a device's option which no point has.</summary>
    public static string NameOf(string written, IReadOnlyList<PointColumn> all)
    {
        var name = Chinese.GetValueOrDefault(written, written.ToLowerInvariant());
        return all.Any(c => c.Name == name) || all.All(c => c.Name != Prefix + name) ? name : Prefix + name;
    }
}
