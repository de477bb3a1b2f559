using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

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
            "Its electricity meters, written device.point: one, a list, or a table with purchased, generated, internal, discharged and charged of a store, and minus for what is taken off. A unit without any takes the sum of its children.");

        /// <summary>Meters of the other carriers, a key each.</summary>
        public static IReadOnlyList<(Option<IReadOnlyList<MeterReference>> Option, Carrier Carrier)> Carriers { get; } =
        [
            (Electricity, Carrier.Electricity),
            .. Enum.GetValues<Carrier>().Where(c => c is not (Carrier.None or Carrier.Electricity))
                .Select(c => (ReferenceReaders.Meters(c.Word(), $"Its meters of {c.Word().Replace('_', ' ')}, written as those of electricity."), c)),
        ];

        /// <summary>Counters of output.</summary>
        public static Option<Located.MapTable> Output { get; } = OptionOf.Table("output", "table", "Its counters of good and scrapped pieces, and what they are pieces of.");

        /// <summary>State point.</summary>
        public static Option<PointReference> State { get; } = ReferenceReaders.One("state", "a point of kind state", "What the machine is doing.");

        /// <summary>Gauges to summarise.</summary>
        public static Option<IReadOnlyList<PointReference>> Gauges { get; } = ReferenceReaders.Many("gauges", "points of kind gauge", "Gauges to summarise in its records.");

        /// <summary>Fewest good pieces for a figure per piece.</summary>
        public static Option<long> MinPieces { get; } = OptionOf.Integer("min_pieces", "Fewest good pieces in a window for a figure per piece.", 1, 1_000_000_000, @default: 1, unit: "pieces");

        /// <summary>Value added.</summary>
        public static Option<ImmutableArray<DatedPrice>> ValueAdded { get; } = PriceReaders.Option("value_added",
            "What a good piece adds in value (增加值), where its product does not say: such as 12.5 CNY, or a table of first days and prices.");

        /// <summary>Batch point.</summary>
        public static Option<PointReference> Batch { get; } = ReferenceReaders.One("batch", "a point of kind text or state", "Code of the batch under way; an empty one is no batch.");

        /// <summary>Longest batch.</summary>
        public static Option<TimeSpan> BatchMax { get; } =
            OptionOf.Duration("batch_max", "How long a batch may last before it is closed.", TimeSpan.FromMinutes(1), TimeSpan.FromDays(31), @default: "1d");

        /// <summary>What it aims at.</summary>
        public static Option<Located.MapTable> Target { get; } = OptionOf.Table("target", "table", "What it aims at per good piece; the page compares with it.");

        /// <summary>Its former name.</summary>
        public static Option<string> Was { get; } = OptionOf.Text("was", "Name it had before: what was stated under it goes on under the new name.");

        /// <summary>All of them.</summary>
        public static OptionTable Table { get; } =
            new("unit", [Parent, .. Carriers.Select(c => c.Option), Output, State, Batch, BatchMax, Gauges, MinPieces, ValueAdded, Target, Was]);
    }

    /// <summary>The table <c>target</c> of a unit: a key for each figure per good piece.</summary>
    public static class Target
    {
        /// <summary>Figures that can have one.</summary>
        public static IReadOnlyList<(Option<ExactDecimal> Option, FigureId Figure)> Figures { get; } =
        [
            .. new[] { ("kwh_per_good", FigureId.KilowattHoursPerGood), ("kgce_per_good", FigureId.CoalEquivalentPerGood), ("kgco2_per_good", FigureId.CarbonPerGood) }
                .Select(f => (OptionOf.Decimal(f.Item1, $"At most so many {f.Item2.Unit()}.", check: v => v.Mantissa > 0 ? null : "a target must be above 0."), f.Item2)),
        ];

        /// <summary>All of them.</summary>
        public static OptionTable Table { get; } = new("target", [.. Figures.Select(f => f.Option)]);
    }

    /// <summary>The table <c>output</c> of a unit.</summary>
    public static class Output
    {
        /// <summary>Good pieces.</summary>
        public static Option<PointReference> Good { get; } = ReferenceReaders.One("good", "a counter of pieces", "Good pieces.");

        /// <summary>Scrapped pieces.</summary>
        public static Option<PointReference> Scrap { get; } = ReferenceReaders.One("scrap", "a counter of pieces", "Scrapped pieces.");

        /// <summary>What is counted.</summary>
        public static Option<string> Item { get; } = OptionOf.Text("item", "What is counted, for people.", @default: "piece");

        /// <summary>The product.</summary>
        public static Option<string> Product { get; } = OptionOf.Text("product",
            "What it makes: the name of a product; or, written device.point, a point of kind text or state that says which.");

        /// <summary>All of them.</summary>
        public static OptionTable Table { get; } = new("output", [Good, Scrap, Item, Product]);
    }
}
