using EdgeGateway.Dashboard.Health;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Dashboard.Api;

/// <summary>The box as it is this moment: units with state and power, what is wrong, how far the logs go.</summary>
internal sealed class LiveReport(IGatewayView gateway)
{
    private readonly Alarms _alarms = new(gateway);

    public LiveAnswer Now()
    {
        var plan = gateway.Plant.Metering;
        var units = plan.Units.Select(u => new LiveUnit(u.Path, u.Parent < 0 ? null : plan.Units[u.Parent].Path, State(u.StateSlot), Power(u.Gauges, out var quality), quality));
        return new LiveAnswer(Texts.Time(UtcMicros.From(gateway.Time.GetUtcNow())), gateway.Plant.Map.Gateway.Id, gateway.Clock.Verified, gateway.Store.DurableRecordId, gateway.Store.DurableEventId,
            [.. units], _alarms.Now());
    }

    private string State(int slot)
    {
        if (slot < 0) return "none";
        var latest = gateway.Latest[slot];
        return latest.Time > 0 && latest.Quality.HasValue() ? ((MachineState)latest.Integer).Word() : MachineState.Unknown.Word();
    }

    /// <summary>Of the first gauge that is a power: where its newest sample is bad there is no number, only the reason.</summary>
    private string? Power(IReadOnlyList<int> gauges, out string quality)
    {
        foreach (var slot in gauges)
        {
            var unit = gateway.Plant.Metering.Points[slot].Unit;
            if (unit.Measures() != Dimension.Power) continue;
            var latest = gateway.Latest[slot];
            quality = latest.Time == 0 ? "awaited" : latest.Quality.Word();
            return latest.Time > 0 && latest.Quality.HasValue() ? Texts.Fixed(latest.Number * unit.ToBase().ToDouble(), 3) : null;
        }
        quality = "none";
        return null;
    }
}
