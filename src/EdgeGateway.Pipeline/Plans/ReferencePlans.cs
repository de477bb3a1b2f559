using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Metering.Carbon;
using EdgeGateway.Metering.Output;
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

    /// <summary>What the unit's good pieces are worth: by its product or those that a point says, and where that does not say what they add in value, by the unit itself. Prices change with the production day.</summary>
    public static OutputPlan? Output(PlantMap map, UnitMap unit)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(unit);
        var product = map.Products.FirstOrDefault(p => p.Name == unit.Output.Product);
        var added = product?.ValueAdded is { IsEmpty: false } own ? own : unit.ValueAdded;
        var byPoint = unit.Output.ProductPoint is not null;
        if (product is null && added.IsEmpty && !byPoint) return null;
        var (dayStart, offset) = (DayStart(map.Gateway.Timezone), UtcMicros.From(map.Calendar.DayStart.ToTimeSpan()));
        return new OutputPlan
        {
            Product = product?.Name ?? "", Price = Dated(product?.Price ?? []), ValueAdded = byPoint && map.Products.Any(p => !p.ValueAdded.IsEmpty) ? [] : Dated(added), ByPoint = byPoint,
            Products = [.. map.Products.Select(p => new ProductPlan { Name = p.Name, Codes = p.Codes, Price = Dated(p.Price), ValueAdded = Dated(p.ValueAdded.IsEmpty ? unit.ValueAdded : p.ValueAdded) })],
        };

        // Figures are in yuan: a price in another currency is no price, and its figures say so.
        ImmutableArray<Metering.Output.DatedPrice> Dated(ImmutableArray<DeviceMaps.Plant.DatedPrice> prices) =>
            [.. prices.Select(p => new Metering.Output.DatedPrice(p.From == DateOnly.MinValue ? long.MinValue : dayStart(p.From) + offset, p.Price.Currency == "CNY" ? p.Price.Amount : null))];
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
