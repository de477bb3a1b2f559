namespace EdgeGateway.DeviceMaps.Options;

public static partial class MapOptions
{
    /// <summary>Every place of the map with the options of its own, from the root down. Computed, because the options use constants of this class.</summary>
    public static IReadOnlyList<MapSection> Sections =>
    [
        new("", "The sections of a map.", Map.Table),
        new("gateway", Map.Gateway.Doc, Gateway.Table),
        new("store", Map.Store.Doc, Store.Table),
        new("devices.NAME", "A meter or PLC; its driver's options stand beside these.", Device.Table),
        new("devices.NAME.points.NAME", "A point; its driver's options stand beside these. Its durable identity is its path device.point.", Point.Table),
        new("devices.NAME.points.NAME.writable", Point.Writable.Doc, Writable.Table),
        new("calendar", Map.Calendar.Doc, Calendar.Table),
        new("shifts.NAME", "A shift.", Shift.Table),
        new("products.NAME", "A product.", Product.Table),
        new("units.NAME", "A node of the plant.", Unit.Table),
        new("units.NAME.output", Unit.Output.Doc, Output.Table),
        new("units.NAME.target", Unit.Target.Doc, Target.Table),
        new("metering", Map.Metering.Doc, Metering.Table),
        new("dashboard", Map.Dashboard.Doc, Dashboard.Table),
    ];

    /// <summary>Every place that a driver's options may stand at.</summary>
    public static IReadOnlyList<MapSection> SectionsOf(DriverSchema driver) =>
    [
        new($"connections.NAME.{driver.Key}", "A connection.", driver.Connection),
        new("devices.NAME", $"A device on a {driver.Key} connection, beside the common options.", driver.Device),
        new("devices.NAME.points.NAME", $"A point of a device on a {driver.Key} connection, beside the common options.", driver.Point),
    ];

    /// <summary>The place that a publisher's options may stand at.</summary>
    public static MapSection SectionOf(PublisherSchema publisher) => new($"publish.NAME.{publisher.Key}", "A target.", publisher.Options);

    /// <summary>Keys of a driver that the map language itself uses at the same place, where the driver would never be given them. Empty for every sound driver.</summary>
    public static IReadOnlyList<string> Clashes(DriverSchema driver) =>
    [
        .. driver.Device.Items.Select(o => o.Key).Where(k => Device.Table.Find(k) is not null).Select(k => $"devices.NAME.{k}"),
        .. driver.Point.Items.Select(o => o.Key).Where(k => Point.Table.Find(k) is not null).Select(k => $"devices.NAME.points.NAME.{k}"),
    ];
}
