using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Plant;

namespace EdgeGateway.DeviceMaps.Options;

public static partial class MapOptions
{
    /// <summary>The section <c>calendar</c>.</summary>
    public static class Calendar
    {
        /// <summary>Start of a production day.</summary>
        public static Option<TimeOnly> DayStart { get; } = CalendarReaders.Time("day_start",
            "Local time at which a production day and month begin; the day is called by the date it begins on.", @default: "00:00");

        /// <summary>Week days on which the plant works.</summary>
        public static Option<ImmutableArray<DayOfWeek>> WorkingDays { get; } =
            CalendarReaders.WeekDays("working_days", "Week days on which the plant works, of mon, tue, wed, thu, fri, sat and sun; by default all.");

        /// <summary>Days off.</summary>
        public static Option<ImmutableSortedSet<DateOnly>> Holidays { get; } =
            CalendarReaders.Dates("holidays", "Days on which it does not work although the week day would: 2026-10-01, or 2026-10-01..2026-10-07 for a stretch.");

        /// <summary>Days worked in exchange.</summary>
        public static Option<ImmutableSortedSet<DateOnly>> ExtraDays { get; } =
            CalendarReaders.Dates("extra_days", "Days on which it works although the week day or a holiday would not, such as days worked in exchange.");

        /// <summary>All of them.</summary>
        public static OptionTable Table { get; } = new("calendar", [DayStart, WorkingDays, Holidays, ExtraDays]);
    }

    /// <summary>A shift of the section <c>shifts</c>.</summary>
    public static class Shift
    {
        /// <summary>Its start.</summary>
        public static Option<TimeOnly> Start { get; } = CalendarReaders.Time("start", "Local time at which it begins.", required: true);

        /// <summary>Its end.</summary>
        public static Option<TimeOnly> End { get; } = CalendarReaders.Time("end", "Local time at which it ends; not after the start where it ends on the next day.", required: true);

        /// <summary>Its date.</summary>
        public static Option<ShiftDate> Date { get; } = OptionOf.Choice("date",
            "Date it is booked on: that of the production day in which it begins, or the calendar date of its start or end.",
            [("day", ShiftDate.Day), ("start", ShiftDate.Start), ("end", ShiftDate.End)], @default: "day");

        /// <summary>Its week days.</summary>
        public static Option<ImmutableArray<DayOfWeek>> Days { get; } = CalendarReaders.WeekDays("days", "Week days on which it begins; by default every working day of the calendar.");

        /// <summary>All of them.</summary>
        public static OptionTable Table { get; } = new("shift", [Start, End, Date, Days]);
    }

    /// <summary>A product of the section <c>products</c>.</summary>
    public static class Product
    {
        /// <summary>Output value of a piece.</summary>
        public static Option<ImmutableArray<DatedPrice>> Price { get; } = PriceReaders.Option("price",
            "What a good piece is worth (产值), such as 12.5 CNY, or a table of first days and prices.");

        /// <summary>Value added by a piece.</summary>
        public static Option<ImmutableArray<DatedPrice>> ValueAdded { get; } = PriceReaders.Option("value_added",
            "What a good piece adds in value (增加值), likewise.");

        /// <summary>Codes of a product point.</summary>
        public static Option<IReadOnlyList<string>> Codes { get; } = OptionOf.Texts("codes", "Values of a product point that mean it; by default its name.");

        /// <summary>All of them.</summary>
        public static OptionTable Table { get; } = new("product", [Price, ValueAdded, Codes]);
    }
}
