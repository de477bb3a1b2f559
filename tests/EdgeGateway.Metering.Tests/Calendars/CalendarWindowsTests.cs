using CsCheck;
using EdgeGateway.Metering.Calendars;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Calendars;

/// <summary>Days, months and shifts of plants in any time zone.</summary>
public sealed class CalendarWindowsTests
{
    private const long Hour = UtcMicros.PerHour;

    /// <summary>Central European Time about 2026: summer time from 29 March 01:00 UTC to 25 October 01:00 UTC.</summary>
    private static readonly ZoneTable Berlin = new([new(long.MinValue, Hour), new(Utc("2026-03-29T01:00:00Z"), 2 * Hour), new(Utc("2026-10-25T01:00:00Z"), Hour)]);

    private static readonly ZoneTable Shanghai = ZoneTable.Fixed(8 * Hour);

    [Theory]
    [InlineData("2026-11-24T15:59:00Z", "2026-11-24", "2026-11-23T16:00:00Z", "2026-11-24T16:00:00Z")]
    [InlineData("2026-11-24T16:00:00Z", "2026-11-25", "2026-11-24T16:00:00Z", "2026-11-25T16:00:00Z")]
    public void A_day_in_Foshan_begins_at_16_UTC(string at, string id, string start, string end) => Is(new CalendarPlan { Zone = Shanghai }, WindowKind.Day, at, id, start, end);

    [Theory]
    [InlineData("2026-11-24T23:59:00Z", "2026-11-24", "2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z")]
    [InlineData("2026-11-23T23:59:00Z", "2026-11-23", "2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z")]
    public void A_day_that_starts_at_08_bears_the_date_of_its_start(string at, string id, string start, string end) =>
        Is(new CalendarPlan { Zone = Shanghai, DayStartMicros = 8 * Hour }, WindowKind.Day, at, id, start, end);

    [Theory]
    [InlineData("2026-03-29T12:00:00Z", "2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z")] // 23 h
    [InlineData("2026-10-25T12:00:00Z", "2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z")] // 25 h
    public void A_day_on_which_clocks_are_moved_has_23_or_25_hours(string at, string id, string start, string end) => Is(new CalendarPlan { Zone = Berlin }, WindowKind.Day, at, id, start, end);

    [Theory]
    [InlineData(2, "2026-03-29T00:59:00Z", "2026-03-28", "2026-03-28T01:00:00Z", "2026-03-29T01:00:00Z")] // 02:00 is left out: 03:00 it is
    [InlineData(2, "2026-03-29T01:00:00Z", "2026-03-29", "2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z")]
    [InlineData(2, "2026-10-25T00:30:00Z", "2026-10-25", "2026-10-25T00:00:00Z", "2026-10-26T01:00:00Z")] // 02:00 comes twice: the first
    public void A_day_that_starts_when_clocks_are_moved_has_one_start(int hour, string at, string id, string start, string end) =>
        Is(new CalendarPlan { Zone = Berlin, DayStartMicros = hour * Hour }, WindowKind.Day, at, id, start, end);

    [Theory]
    [InlineData("2026-02-10T00:00:00Z", "2026-02", "2026-01-31T23:00:00Z", "2026-02-28T23:00:00Z")]
    [InlineData("2026-03-31T22:30:00Z", "2026-04", "2026-03-31T22:00:00Z", "2026-04-30T22:00:00Z")]
    [InlineData("2024-02-29T12:00:00Z", "2024-02", "2024-01-31T23:00:00Z", "2024-02-29T23:00:00Z")]
    public void Months_are_those_of_the_calendar(string at, string id, string start, string end) => Is(new CalendarPlan { Zone = Berlin }, WindowKind.Month, at, id, start, end);

    [Theory]
    [InlineData("2026-11-24T00:00:00Z", "2026-11-24/early", "2026-11-24T00:00:00Z", "2026-11-24T08:00:00Z")]
    [InlineData("2026-11-24T15:59:00Z", "2026-11-24/late", "2026-11-24T08:00:00Z", "2026-11-24T16:00:00Z")]
    [InlineData("2026-11-24T16:00:00Z", "2026-11-24/night", "2026-11-24T16:00:00Z", "2026-11-25T00:00:00Z")]
    public void A_night_shift_bears_the_production_date_on_which_it_began(string at, string id, string start, string end) =>
        Is(new CalendarPlan { Zone = Shanghai, DayStartMicros = 8 * Hour, Shifts = [new("early", 8 * Hour, 16 * Hour), new("late", 16 * Hour, 0), new("night", 0, 8 * Hour)] }, WindowKind.Shift, at, id, start, end);

    [Theory]
    [InlineData(ShiftDating.ProductionDay, "2026-11-24/night")]
    [InlineData(ShiftDating.Start, "2026-11-25/night")]
    [InlineData(ShiftDating.End, "2026-11-25/night")]
    public void A_shift_is_booked_on_the_date_that_the_plant_chose(ShiftDating dating, string id) =>
        Is(new CalendarPlan { Zone = Shanghai, DayStartMicros = 8 * Hour, Shifts = [new("night", 0, 8 * Hour, Dating: dating)] }, WindowKind.Shift, "2026-11-24T17:00:00Z", id, "2026-11-24T16:00:00Z", "2026-11-25T00:00:00Z");

    [Fact]
    public void Holidays_have_no_shift_and_extra_days_have_them_all()
    {
        static int Number(string date) => DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture).DayNumber - new DateOnly(1970, 1, 1).DayNumber;
        var calendar = new CalendarPlan { Holidays = [Number("2026-11-25")], ExtraDays = [Number("2026-11-28")], Shifts = [new("day", 9 * Hour, 18 * Hour, Days: 0b0111110)] };
        Is(calendar, WindowKind.Shift, "2026-11-24T18:00:00Z", "2026-11-26/day", "2026-11-26T09:00:00Z", "2026-11-26T18:00:00Z");
        Is(calendar, WindowKind.Shift, "2026-11-27T18:00:00Z", "2026-11-28/day", "2026-11-28T09:00:00Z", "2026-11-28T18:00:00Z"); // a Saturday
    }

    [Fact]
    public void Where_there_is_no_shift_the_next_one_is_found_weekends_left_out()
    {
        var calendar = new CalendarPlan { Zone = Shanghai, Shifts = [new("day", 9 * Hour, 18 * Hour, Days: 0b0111110)] };
        // Friday 27 November 2026, 18:00 in Foshan.
        Is(calendar, WindowKind.Shift, "2026-11-27T10:00:00Z", "2026-11-30/day", "2026-11-30T01:00:00Z", "2026-11-30T10:00:00Z");
        Assert.False(new CalendarWindows(new CalendarPlan(), UtcMicros.PerMinute).TryAt(WindowKind.Shift, 0, out _));
    }

    [Fact]
    public void Windows_of_a_kind_hold_the_instant_and_follow_each_other_without_gap_or_overlap() =>
        Gen.Select(Gen.Long[Utc("2026-03-20T00:00:00Z"), Utc("2026-11-05T00:00:00Z")], Gen.Int[0, 47], Gen.Bool).Sample((at, halfHours, month) =>
        {
            var windows = new CalendarWindows(new CalendarPlan { Zone = Berlin, DayStartMicros = halfHours * Hour / 2 }, UtcMicros.PerMinute);
            var kind = month ? WindowKind.Month : WindowKind.Day;
            var instant = UtcMicros.Floor(at, UtcMicros.PerMinute);
            Assert.True(windows.TryAt(kind, instant, out var window));
            Assert.InRange(instant, window.Start, window.End - 1);
            Assert.True(windows.TryAt(kind, window.End, out var next));
            Assert.Equal(window.End, next.Start);
            Assert.True(windows.TryAt(kind, window.End - UtcMicros.PerMinute, out var same));
            Assert.Equal(window, same);
        }, iter: 5_000);

    private static void Is(CalendarPlan calendar, WindowKind kind, string at, string id, string start, string end)
    {
        Assert.True(new CalendarWindows(calendar, UtcMicros.PerMinute).TryAt(kind, Utc(at), out var window));
        Assert.Equal((id, start, end), (window.Id, UtcMicros.Format(window.Start), UtcMicros.Format(window.End)));
    }

    private static long Utc(string text) => UtcMicros.From(DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
}
