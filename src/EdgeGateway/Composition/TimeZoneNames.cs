using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.Composition;

/// <summary>Names of time zones as this box knows them.</summary>
internal static class TimeZoneNames
{
    // Cities that people write and that have no zone of their own.
    private static readonly string[] OfShanghai = ["beijing", "peking", "shenzhen", "guangzhou", "china"];

    /// <summary>What is wrong with a name, or null.</summary>
    public static string? Wrong(string name)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out _)) return null;
        var known = TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id).ToList();
        if (known.Count < 2) return $"this box has no data about time zones, so that it cannot tell where a day of {name} begins: install the package tzdata.";
        var near = OfShanghai.Any(c => name.Contains(c, StringComparison.OrdinalIgnoreCase)) ? "Asia/Shanghai" : Spelling.Nearest(name, known);
        return $"this box knows no time zone '{name}'{(near is null ? ": write an IANA name, such as Asia/Shanghai." : $"; did you mean '{near}'?")}";
    }
}
