using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Metering.Carbon;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Pipeline.Plans;

/// <summary>Makes the reference sets of a map ready for windows: days become instants of the plant's time zone.</summary>
public static class ReferencePlans
{
    /// <summary>The map's sets; null where it names none.</summary>
    public static CarbonPlan? Carbon(PlantMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        var metering = map.Metering;
        return metering.Coefficients is null && metering.Factors is null && metering.Footprint is null
            ? null
            : new CarbonPlan(metering.Coefficients, metering.Factors, metering.Footprint, metering.Policy, DayStart(map.Gateway.Timezone));
    }

    /// <summary>UTC microseconds at which a local day begins; the zone is UTC where the machine does not know it.</summary>
    public static Func<DateOnly, long> DayStart(string timezone)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(timezone, out var found) ? found : TimeZoneInfo.Utc;
        return day =>
        {
            // Where clocks are put forward at midnight, the day begins with the first instant that there is.
            var midnight = day.ToDateTime(TimeOnly.MinValue);
            while (zone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(15);
            return UtcMicros.From(new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)));
        };
    }
}
