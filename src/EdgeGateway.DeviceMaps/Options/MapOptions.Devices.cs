using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.DeviceMaps.Options;

public static partial class MapOptions
{
    private static readonly TimeSpan LeastPoll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan GreatestGap = TimeSpan.FromDays(7);

    /// <summary>A device of the section <c>devices</c>, beside its driver's options.</summary>
    public static class Device
    {
        /// <summary>Name of its connection.</summary>
        public static Option<string> Connection { get; } = OptionOf.Text("connection", "Name of the connection it is read through.", required: true);

        /// <summary>Poll period of its points.</summary>
        public static Option<TimeSpan> Poll { get; } = OptionOf.Duration("poll", "How often its points are read.", LeastPoll, TimeSpan.FromDays(1), @default: "5s");

        /// <summary>Greatest gap between samples that still counts as observed.</summary>
        public static Option<TimeSpan> MaxGap { get; } =
            OptionOf.Duration("max_gap", "Greatest gap between samples that still counts as observed; by default three polls.", LeastPoll, GreatestGap);

        /// <summary>Rated power of what its energy counters measure.</summary>
        public static Option<Measure> RatedPower { get; } = OptionOf.Measure("rated_power",
            "Greatest power that its energy counters measure, on the primary side; a counter that moves faster is not believed.", Dimension.Power, check: Positive);

        /// <summary>CT × PT of its energy and power points.</summary>
        public static Option<ExactDecimal> Ratio { get; } = OptionOf.Decimal("ratio",
            "CT × PT of its energy and power points; 1 where the device already shows primary values. Other points are not touched.", @default: ExactDecimal.One, check: PositiveNumber);

        /// <summary>Its former name.</summary>
        public static Option<string> Was { get; } = OptionOf.Text("was", "Name it had before: what was measured under it goes on under the new name.");

        /// <summary>Exchanges of the device.</summary>
        public static Option<ImmutableArray<long>> Epochs { get; } = InstantReaders.Many("epochs",
            "Times at which all its counters began anew by hand, because the meter, its transformer ratio, scale or addresses were changed; a running gateway takes such a change over only with one more time here.");

        /// <summary>Points by name.</summary>
        public static Option<MapTable> Points { get; } = OptionOf.Table("points", "table of names",
            "Its points by name; with a template they lie over the template's, and the word drop takes one away.");

        /// <summary>Name of its template.</summary>
        public static Option<string> Template { get; } = OptionOf.Text("template", "Template that describes it, written vendor/model; what is written here lies over it.");

        /// <summary>Parameters of its template.</summary>
        public static Option<MapTable> Parameters { get; } = OptionOf.Table("parameters", "table of names", "What its template asks for, such as CT and PT ratios.");

        /// <summary>All of them.</summary>
        public static OptionTable Table { get; } = new("device", [Connection, Template, Parameters, Poll, MaxGap, RatedPower, Ratio, Was, Epochs, Points]);
    }

    /// <summary>A point, beside its driver's options.</summary>
    public static class Point
    {
        /// <summary>What its values mean.</summary>
        public static Option<PointKind> Kind { get; } = OptionOf.Choice("kind", "What its values mean over time: counter for registers that only count up, such as energy and pieces.",
            [("gauge", PointKind.Gauge), ("counter", PointKind.Counter), ("state", PointKind.State), ("text", PointKind.Text)], @default: "gauge");

        /// <summary>Unit of measure.</summary>
        public static Option<UnitOfMeasure> Unit { get; } = UnitReader.Option("unit",
            "Unit of the value. A counter counts energy or pieces; one rated by a bare rate such as 60/min counts pieces where no unit is written.");

        /// <summary>One register step.</summary>
        public static Option<ExactDecimal> Resolution { get; } = OptionOf.Decimal("resolution",
            "What one step of the register is worth, in the point's unit.", @default: ExactDecimal.One, check: v => v.Mantissa == 0 ? "0 would lose every value." : null);

        /// <summary>CT × PT.</summary>
        public static Option<ExactDecimal> Ratio { get; } = OptionOf.Decimal("ratio", "CT × PT of this point; by default the device's for energy and power, else 1.", check: PositiveNumber);

        /// <summary>Steps after which a counter begins at zero again.</summary>
        public static Option<long> Modulus { get; } = OptionOf.Integer("modulus",
            "Register steps after which the counter begins at zero again: 4294967296 for a full 32-bit register, 100000000 for eight decimal digits.", 2, long.MaxValue, unit: "register steps");

        /// <summary>Greatest rate of a counter.</summary>
        public static Option<Rate> MaxRate { get; } = OptionOf.Rate("max_rate",
            "Greatest rate of the counter, such as 60/min; one that moves faster is not believed.", check: r => r.Amount.Value.Mantissa > 0 ? null : "the rate must be above 0.");

        /// <summary>Rated power of one energy counter.</summary>
        public static Option<Measure> RatedPower { get; } = OptionOf.Measure("rated_power", "Greatest power that this energy counter measures; by default the device's.", Dimension.Power, check: Positive);

        /// <summary>Poll period.</summary>
        public static Option<TimeSpan> Poll { get; } = OptionOf.Duration("poll", "How often it is read; by default as the device.", LeastPoll, TimeSpan.FromDays(1));

        /// <summary>Greatest observed gap.</summary>
        public static Option<TimeSpan> MaxGap { get; } =
            OptionOf.Duration("max_gap", "Greatest gap between samples that still counts as observed; by default as the device, else three polls.", LeastPoll, GreatestGap);

        /// <summary>How often the device refreshes a counter.</summary>
        public static Option<TimeSpan> Update { get; } = OptionOf.Duration("update", "How often the device refreshes the counter's register.", TimeSpan.Zero, TimeSpan.FromHours(1), @default: "1s");

        /// <summary>Habitual fall of a counter.</summary>
        public static Option<long> Dip { get; } = OptionOf.Integer("dip", "A fall of up to this many register steps is the device's habit and is passed over.", 0, 1_000_000, @default: 0, unit: "register steps");

        /// <summary>What a fall of a counter means.</summary>
        public static Option<bool> Resets { get; } = OptionOf.Choice("resets",
            "What a fall to a lower value means: confirm waits for three advancing samples and adds nothing; to_zero is for counters zeroed on purpose, by shift for instance.",
            [("confirm", false), ("to_zero", true)], @default: "confirm");

        /// <summary>May fall.</summary>
        public static Option<bool> NetCount { get; } = OptionOf.Boolean("net_count", "True for a counter that may fall, such as good pieces taken back for rework.", @default: false);

        /// <summary>How much earlier a piece was made than counted.</summary>
        public static Option<TimeSpan> Lag { get; } = OptionOf.Duration("lag", "How much earlier a piece was made than it is counted.", TimeSpan.Zero, TimeSpan.FromHours(1), @default: "0s");

        /// <summary>Its former name.</summary>
        public static Option<string> Was { get; } = OptionOf.Text("was", "Name it had before, alone or as device.point: what was measured under it goes on under the new name.");

        /// <summary>Exchanges of the register.</summary>
        public static Option<ImmutableArray<long>> Epochs { get; } = InstantReaders.Many("epochs",
            "Times at which this counter began anew by hand, beside those of its device.");

        /// <summary>Raw value to state.</summary>
        public static Option<StateWords> Map { get; } = new("map", "table of raw value: running | idle | stopped | unknown", (node, faults) => StateWords.Read(node, faults, "map"),
            "What each raw value of a state means; any other value is unknown.", shape: new(ValueKind.States));

        /// <summary>May be written.</summary>
        public static Option<MapTable> Writable { get; } = OptionOf.Table("writable", "table",
            "Limits within which the point may be written, by a gateway that was started with --enable-writes; without it the point is only read.");

        /// <summary>All of them.</summary>
        public static OptionTable Table { get; } =
            new("point", [Kind, Unit, Resolution, Ratio, Modulus, MaxRate, RatedPower, Poll, MaxGap, Update, Dip, Resets, NetCount, Lag, Was, Epochs, Map, Writable]);
    }

    /// <summary>The table <c>writable</c> of a point.</summary>
    public static class Writable
    {
        /// <summary>Least value.</summary>
        public static Option<ExactDecimal> Min { get; } = OptionOf.Decimal("min", "Least value that may be written, in the point's unit; a state may be given the raw values of its map and no others.");

        /// <summary>Greatest value.</summary>
        public static Option<ExactDecimal> Max { get; } = OptionOf.Decimal("max", "Greatest value that may be written, in the point's unit.");

        /// <summary>Least time between two writes.</summary>
        public static Option<TimeSpan> Every { get; } = OptionOf.Duration("every", "Least time between two writes; an attempt before that is refused.", TimeSpan.Zero, TimeSpan.FromDays(1), @default: "1s");

        /// <summary>All of them.</summary>
        public static OptionTable Table { get; } = new("writable", [Min, Max, Every]);
    }

    private static string? Positive(Measure measure) => measure.Value.Mantissa > 0 ? null : "it must be above 0.";

    private static string? PositiveNumber(ExactDecimal value) => value.Mantissa > 0 ? null : "it must be above 0.";
}
