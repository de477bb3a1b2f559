using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Metering.Carbon;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.DeviceMaps.Options;

/// <summary>The catalogue of the map language itself, beside what drivers and publishers add: one descriptor an option, from which binding, defaults, checks and reference are made.</summary>
public static partial class MapOptions
{
    /// <summary>The sections of a map.</summary>
    public static class Map
    {
        /// <summary>The box itself.</summary>
        public static Option<MapTable> Gateway { get; } = OptionOf.Table("gateway", "table", "The box itself.", required: true);

        /// <summary>Where data are kept.</summary>
        public static Option<MapTable> Store { get; } = OptionOf.Table("store", "table", "Where data are kept.");

        /// <summary>Connections by name.</summary>
        public static Option<MapTable> Connections { get; } =
            OptionOf.Table("connections", "table of names", "Sockets, serial buses and sessions by name; each holds one driver's key and below it that driver's options.");

        /// <summary>The plant's day.</summary>
        public static Option<MapTable> Calendar { get; } = OptionOf.Table("calendar", "table", "When the plant's day begins, and on which days it works.");

        /// <summary>Shifts by name.</summary>
        public static Option<MapTable> Shifts { get; } = OptionOf.Table("shifts", "table of names", "Shifts by name.");

        /// <summary>Products by name.</summary>
        public static Option<MapTable> Products { get; } = OptionOf.Table("products", "table of names", "Products by name: what a good piece is worth.");

        /// <summary>Devices by name.</summary>
        public static Option<MapTable> Devices { get; } = OptionOf.Table("devices", "table of names", "Meters and PLCs by name.");

        /// <summary>Units by name.</summary>
        public static Option<MapTable> Units { get; } = OptionOf.Table("units", "table of names", "Nodes of the plant (site, workshop, line, machine) by name.");

        /// <summary>Windows.</summary>
        public static Option<MapTable> Metering { get; } = OptionOf.Table("metering", "table", "Windows over which energy and output are stated.");

        /// <summary>Publishers by name.</summary>
        public static Option<MapTable> Publish { get; } =
            OptionOf.Table("publish", "table of names", "Targets by name; each holds one publisher's key and below it that publisher's options. What a target has received hangs on its name.");

        /// <summary>The page.</summary>
        public static Option<MapTable> Dashboard { get; } = OptionOf.Table("dashboard", "table", "Page, API, health and metrics of the box.");

        /// <summary>Further texts of the map.</summary>
        public static Option<IReadOnlyList<string>> Include { get; } = OptionOf.Texts("include",
            "Further files of the map, relative to this one; '*' and '?' may stand in a file's name. They add to the sections: no name may stand in two files.");

        /// <summary>Texts laid over the map.</summary>
        public static Option<IReadOnlyList<string>> Overlay { get; } = OptionOf.Texts("overlay",
            "Files laid over the map, in this order: their values replace those below, and the word drop takes a thing away.");

        /// <summary>All of them.</summary>
        public static OptionTable Table { get; } = new("map", [Gateway, Store, Connections, Devices, Calendar, Shifts, Products, Units, Metering, Publish, Dashboard, Include, Overlay]);
    }

    /// <summary>The section <c>gateway</c>.</summary>
    public static class Gateway
    {
        /// <summary>Name of this box.</summary>
        public static Option<string> Id { get; } = OptionOf.Text("id", "Name of this box in topics and records: 1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-'.", required: true, check: MapNames.WrongGatewayId, pattern: "^[A-Za-z0-9._-]{1,64}$");

        /// <summary>Name of the plant.</summary>
        public static Option<string> Site { get; } = OptionOf.Text("site",
            "Name of the plant; payload templates of publishers that ask for a parameter 'site' take it from here.", check: Filled);

        /// <summary>Unified social credit code.</summary>
        public static Option<string> EnterpriseCode { get; } = OptionOf.Text("enterprise_code",
            "Unified social credit code of the enterprise (统一社会信用代码), 18 characters; payload templates that ask for a parameter 'enterprise_code' take it from here.", check: MapNames.WrongEnterpriseCode, pattern: "^[0-9A-HJ-NP-RTUW-Y]{18}$");

        /// <summary>IANA time zone.</summary>
        public static Option<string> Timezone { get; } =
            OptionOf.Text("timezone", "IANA time zone of the plant; used by windows of a day and longer.", @default: "Asia/Shanghai", check: MapNames.WrongTimezone, pattern: "^[A-Za-z][A-Za-z0-9/_+-]{0,63}$");

        /// <summary>How long to wait for a trusted clock.</summary>
        public static Option<TimeSpan> ClockWait { get; } = OptionOf.Duration("clock_wait",
            "How long to wait for a trusted clock before going on with records flagged clock_unverified.", TimeSpan.Zero, TimeSpan.FromDays(1), @default: "15min");

        /// <summary>A device whose clock may be believed.</summary>
        public static Option<string> ClockDevice { get; } = OptionOf.Text("clock_device",
            "A device whose clock is believed, to about a second, while neither NTP nor a battery clock vouches: an OPC UA device, by its server's time, or a text point that shows a date, as 'device.point', in the plant's time zone.");

        /// <summary>All of them.</summary>
        public static OptionTable Table { get; } = new("gateway", [Id, Timezone, Site, EnterpriseCode, ClockWait, ClockDevice]);
    }

    /// <summary>The section <c>store</c>.</summary>
    public static class Store
    {
        /// <summary>Path of the database file.</summary>
        public static Option<string> Path { get; } = OptionOf.Text("path", "Database file, relative to the map's folder; by default beside the map.", check: p => p.Length == 0 ? "the path is empty." : null);

        /// <summary>Kind of disk.</summary>
        public static Option<StoreProfile> Profile { get; } = OptionOf.Choice("profile",
            "Kind of disk: ssd commits every 2 s; sd_card, also for eMMC, every 10 s, which spares the card.", [("ssd", StoreProfile.Ssd), ("sd_card", StoreProfile.SdCard)], @default: "ssd");

        /// <summary>Interval of commits.</summary>
        public static Option<TimeSpan> Commit { get; } = OptionOf.Duration("commit",
            "Interval of commits to disk: a power cut loses at most this much of samples; by default as the profile says.", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));

        /// <summary>Age of samples.</summary>
        public static Option<TimeSpan> KeepSamples { get; } = Keep("keep_samples", "How long samples are kept, for publishers that are behind, recovery and explanations; they go before any record.", "14d");

        /// <summary>Bytes of samples.</summary>
        public static Option<long> SampleMegabytes { get; } = OptionOf.Integer("samples_mb", "Bytes that samples may take on disk; beyond, the oldest go although they are younger than keep_samples.", 1, 1_000_000, @default: 2000, unit: "MB");

        /// <summary>Age of base windows.</summary>
        public static Option<TimeSpan> KeepShort { get; } = Keep("keep_minutes", "How long records of the base window, 1m or shorter, are kept.", "14d");

        /// <summary>Age of quarter hours.</summary>
        public static Option<TimeSpan> KeepQuarter { get; } = Keep("keep_quarters", "How long records of 15m are kept; those of an hour and longer, of shifts and batches stay for good.", "731d");

        /// <summary>Age of events.</summary>
        public static Option<TimeSpan> KeepEvents { get; } = Keep("keep_events", "How long events are kept.", "731d");

        /// <summary>Bytes of records.</summary>
        public static Option<long> RecordMegabytes { get; } = OptionOf.Integer("records_mb", "Bytes that records may take on disk; beyond, the oldest of the base window go, then the oldest of 15m.", 1, 1_000_000, @default: 4000, unit: "MB");

        /// <summary>All of them.</summary>
        public static OptionTable Table { get; } = new("store", [Path, Profile, Commit, KeepSamples, SampleMegabytes, KeepShort, KeepQuarter, KeepEvents, RecordMegabytes]);

        private static Option<TimeSpan> Keep(string key, string doc, string @default) => OptionOf.Duration(key, doc, TimeSpan.FromHours(1), TimeSpan.FromDays(36_500), @default: @default);
    }

    /// <summary>The section <c>metering</c>.</summary>
    public static class Metering
    {
        /// <summary>The base window.</summary>
        public static Option<WindowKind> Base { get; } = new("base", "window up to 1m", (node, faults) => WindowReaders.Base(node, faults, "base"),
            "The shortest window, of which all others are made: 1m, or whole seconds that divide it.", defaultText: "1m", defaultValue: WindowKind.Minute, shape: new(ValueKind.Text) { Pattern = "^(1m|[1-9][0-9]?s)$" });

        /// <summary>Longer windows.</summary>
        public static Option<IReadOnlyList<WindowKind>> Windows { get; } = new("windows", "list of windows", (node, faults) => WindowReaders.Longer(node, faults, "windows"),
            "Longer windows to state, each a multiple of the base window: 1m, 15m, 1h; and those of the calendar: 1d, month, shift, batch.", defaultText: "[15m]", defaultValue: (IReadOnlyList<WindowKind>)[WindowKind.QuarterHour], shape: new(ValueKind.Texts));

        /// <summary>How long a window waits.</summary>
        public static Option<TimeSpan> Lateness { get; } = OptionOf.Duration("lateness",
            "How long a window waits past its end for samples before it is stated provisionally; by default the greater of three polls and 10 s.", TimeSpan.Zero, TimeSpan.FromHours(1));

        /// <summary>Coal equivalents.</summary>
        public static Option<MapTable> Coefficients { get; } = SetReader.Option("coefficients",
            "Set of coal equivalents, such as gbt2589-2020: one of the gateway's own, or factors/NAME.yaml beside the map. Without one records carry no coal equivalent.");

        /// <summary>Emission factors.</summary>
        public static Option<MapTable> Factors { get; } = SetReader.Option("factors",
            "Set of emission factors, such as cn-guangdong-2023, likewise. Without one records carry no carbon.");

        /// <summary>Product footprints.</summary>
        public static Option<MapTable> Footprint { get; } = SetReader.Option("footprint",
            "Set of the electricity factors of product footprints, such as cn-footprint-2024; in kgCO2e, and never added to the others.");

        /// <summary>Which year's factor.</summary>
        public static Option<ReferencePolicy> Policy { get; } = OptionOf.Choice("factor_year",
            "Which year's electricity factor a window takes: the latest that was published, or that of its own year where there is one. Records whose factor is of another year say so.",
            ReferencePolicies.All, @default: "latest_published");

        /// <summary>All of them.</summary>
        public static OptionTable Table { get; } = new("metering", [Base, Windows, Lateness, Coefficients, Factors, Footprint, Policy]);
    }
}
