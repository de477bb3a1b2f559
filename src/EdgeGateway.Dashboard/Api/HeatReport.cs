using System.Globalization;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Dashboard.Api;

/// <summary>Electricity by hour of the local day. An hour that daylight saving doubles or skips is placed by its UTC distance from midnight.</summary>
internal sealed class HeatReport(IGatewayView gateway, SpanReader spans)
{
    private const int MostDays = 62, Hours = 24;

    public HeatAnswer Of(UnitPlan unit, long days)
    {
        if (days is < 1 or > MostDays) throw new BadRequestException($"days: expected 1 to {MostDays}.");
        var calendar = new LocalDays(gateway.Plant.Map.Gateway.Timezone);
        var now = UtcMicros.From(gateway.Time.GetUtcNow());
        return new HeatAnswer(unit.Path, [.. Enumerable.Range(0, (int)days).Reverse().Select(back => Day(unit.Id, calendar.Day(now, back), now, calendar))]);
    }

    private HeatDay Day(int unit, long start, long now, LocalDays calendar) =>
        new(calendar.Name(start).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), [.. Enumerable.Range(0, Hours).Select(h => Hour(unit, start + h * UtcMicros.PerHour, now))]);

    private HeatHour? Hour(int unit, long start, long now)
    {
        if (start > now) return null;
        var sum = spans.Read(unit, start, start + UtcMicros.PerHour);
        return sum.Total(i => i.First.Carrier == Carrier.Electricity) is { } t
            ? new HeatHour(Texts.Time(start), Texts.Of(t.Amount), t.Basis.Word(), Texts.Share(sum.CoveredMicros, Math.Min(UtcMicros.PerHour, now - start)))
            : null;
    }
}
