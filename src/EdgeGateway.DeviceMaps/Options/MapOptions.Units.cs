namespace EdgeGateway.DeviceMaps.Options;

public static partial class MapOptions
{
    /// <summary>A unit of the section <c>units</c>.</summary>
    public static class Unit
    {
        /// <summary>Name of the unit above.</summary>
        public static Option<string> Parent { get; } = OptionOf.Text("parent", "Name of the unit above it.");

        /// <summary>Meters of electricity.</summary>
        public static Option<IReadOnlyList<MeterReference>> Electricity { get; } = ReferenceReaders.Meters("electricity",
            "Its electricity meters, written device.point: one, a list, or a table with purchased, generated and internal. A unit without any takes the sum of its children.");

        /// <summary>Counters of output.</summary>
        public static Option<Located.MapTable> Output { get; } = OptionOf.Table("output", "table", "Its counters of good and scrapped pieces.");

        /// <summary>State point.</summary>
        public static Option<PointReference> State { get; } = ReferenceReaders.One("state", "a point of kind state", "What the machine is doing.");

        /// <summary>Gauges to summarise.</summary>
        public static Option<IReadOnlyList<PointReference>> Gauges { get; } = ReferenceReaders.Many("gauges", "points of kind gauge", "Gauges to summarise in its records.");

        /// <summary>Fewest good pieces for a figure per piece.</summary>
        public static Option<long> MinPieces { get; } = OptionOf.Integer("min_pieces", "Fewest good pieces in a window for a figure per piece.", 1, 1_000_000_000, @default: 1, unit: "pieces");

        /// <summary>All of them.</summary>
        public static OptionTable Table { get; } = new("unit", [Parent, Electricity, Output, State, Gauges, MinPieces]);
    }

    /// <summary>The table <c>output</c> of a unit.</summary>
    public static class Output
    {
        /// <summary>Good pieces.</summary>
        public static Option<PointReference> Good { get; } = ReferenceReaders.One("good", "a counter of pieces", "Good pieces.");

        /// <summary>Scrapped pieces.</summary>
        public static Option<PointReference> Scrap { get; } = ReferenceReaders.One("scrap", "a counter of pieces", "Scrapped pieces.");

        /// <summary>All of them.</summary>
        public static OptionTable Table { get; } = new("output", [Good, Scrap]);
    }
}
