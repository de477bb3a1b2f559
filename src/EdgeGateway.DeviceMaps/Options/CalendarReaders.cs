using System.Collections.Immutable;
using System.Globalization;
using EdgeGateway.DeviceMaps.Located;

namespace EdgeGateway.DeviceMaps.Options;

/// <summary>Reads times of day, dates and week days.</summary>
internal static class CalendarReaders
{
    private const string DateForm = "yyyy-MM-dd";
    private const string Span = "..";

    // A hundred years of single days are surely a mistake.
    private const int MostDays = 3660;

    private static readonly (string Word, DayOfWeek Day)[] Days =
    [
        ("mon", DayOfWeek.Monday), ("tue", DayOfWeek.Tuesday), ("wed", DayOfWeek.Wednesday), ("thu", DayOfWeek.Thursday),
        ("fri", DayOfWeek.Friday), ("sat", DayOfWeek.Saturday), ("sun", DayOfWeek.Sunday),
    ];

    /// <summary>A local time of day, <c>08:00</c>; <c>24:00</c> is midnight.</summary>
    public static Option<TimeOnly> Time(string key, string doc, bool required = false, string? @default = null) =>
        new(key, "time of day", (node, faults) => Time(node, faults, key), doc, required: required, defaultText: @default,
            defaultValue: @default is null ? null : TimeOnly.ParseExact(@default, "HH:mm", CultureInfo.InvariantCulture), shape: new(ValueKind.Text));

    /// <summary>Dates and stretches of dates.</summary>
    public static Option<ImmutableSortedSet<DateOnly>> Dates(string key, string doc) =>
        new(key, "dates", (node, faults) => Dates(node, faults, key), doc, shape: new(ValueKind.Texts));

    /// <summary>Week days.</summary>
    public static Option<ImmutableArray<DayOfWeek>> WeekDays(string key, string doc, string? defaultText = null) =>
        new(key, "week days", (node, faults) => WeekDays(node, faults, key), doc, defaultText: defaultText, shape: new(ValueKind.Texts));

    /// <summary>Reads <c>2026-11-24</c>.</summary>
    public static bool TryDate(ReadOnlySpan<char> text, out DateOnly date) => DateOnly.TryParseExact(text, DateForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    private static (bool Ok, TimeOnly Value) Time(MapNode node, FaultList faults, string key)
    {
        var text = (node as MapText)?.Value;
        if (text == "24:00") return (true, TimeOnly.MinValue);
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return (true, time);
        faults.Add(node.Mark, $"{key}: {(text is null ? "" : $"'{text}' is no time of day: ")}write hours and minutes, such as 08:00.");
        return (false, default);
    }

    private static (bool Ok, ImmutableSortedSet<DateOnly> Value) Dates(MapNode node, FaultList faults, string key)
    {
        var dates = ImmutableSortedSet.CreateBuilder<DateOnly>();
        var ok = true;
        foreach (var item in node is MapList list ? list.Items : [node])
        {
            if (Dates(item, dates) is not { } wrong) continue;
            if (item is not MapRefused) faults.Add(item.Mark, $"{key}: {wrong}");
            ok = false;
        }
        return (ok, dates.ToImmutable());
    }

    private static string? Dates(MapNode item, ImmutableSortedSet<DateOnly>.Builder dates)
    {
        const string example = "write dates such as 2026-10-01, or 2026-10-01..2026-10-07 for a stretch.";
        if (item is not MapText { Value: var text }) return example;
        var dots = text.IndexOf(Span, StringComparison.Ordinal);
        var first = dots < 0 ? text.AsSpan() : text.AsSpan(0, dots);
        var last = dots < 0 ? first : text.AsSpan(dots + Span.Length);
        if (!TryDate(first.Trim(), out var from) || !TryDate(last.Trim(), out var to)) return $"'{text}' is no date: {example}";
        if (to < from) return $"'{text}' ends before it begins.";
        if (to.DayNumber - from.DayNumber >= MostDays) return $"'{text}' is longer than ten years.";
        for (var day = from; day <= to; day = day.AddDays(1)) dates.Add(day);
        return null;
    }

    private static (bool Ok, ImmutableArray<DayOfWeek> Value) WeekDays(MapNode node, FaultList faults, string key)
    {
        var found = new HashSet<DayOfWeek>();
        var ok = true;
        foreach (var item in node is MapList list ? list.Items : [node])
        {
            var word = (item as MapText)?.Value ?? "";
            var at = Array.FindIndex(Days, d => d.Word == word);
            if (at >= 0 && found.Add(Days[at].Day)) continue;
            ok = false;
            if (item is MapRefused) continue;
            faults.Add(item.Mark, at >= 0 ? $"{key}: '{word}' is listed twice." : $"{key}: '{word}' is no week day{Spelling.Ending(word, Days.Select(d => d.Word))}");
        }
        if (ok && found.Count == 0)
        {
            faults.Add(node.Mark, $"{key}: write at least one week day, such as [mon, tue, wed, thu, fri].");
            ok = false;
        }
        return (ok, [.. Days.Where(d => found.Contains(d.Day)).Select(d => d.Day)]);
    }
}
