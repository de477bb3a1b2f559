using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Dashboard.Api;

/// <summary>Electricity from the supply down to the lines, with what no meter explains.</summary>
internal sealed class FlowReport(IGatewayView gateway, SpanReader spans)
{
    public FlowAnswer Of(string span)
    {
        var days = new LocalDays(gateway.Plant.Map.Gateway.Timezone);
        var now = UtcMicros.From(gateway.Time.GetUtcNow());
        var (from, to) = span switch
        {
            "today" => (days.Day(now), now),
            "yesterday" => (days.Day(now, 1), days.Day(now)),
            "month" => (days.Month(now), now),
            _ => throw new BadRequestException($"span: '{span}' is none of today, yesterday, month."),
        };
        // All units over the same windows, or the rest would hold what is merely not stated yet.
        to = UtcMicros.Floor(to, gateway.Plant.Metering.BaseWindow.FixedMicros) - (span == "yesterday" ? 0 : Lag());
        var plan = gateway.Plant.Metering.Units;
        var totals = plan.Select(u => to > from ? spans.Read(u.Id, from, to).Total(i => i.First.Carrier == Carrier.Electricity) : null).ToArray();
        return new FlowAnswer(Texts.Time(from), Texts.Time(Math.Max(from, to)), [.. plan.Select((u, i) => new FlowNode(u.Path, u.Parent < 0 ? null : plan[u.Parent].Path, Stated(totals[i]), Rest(i)))]);

        // Never clamped; not stated while an input is only estimated.
        Quantity? Rest(int unit)
        {
            var children = Enumerable.Range(0, plan.Length).Where(c => plan[c].Parent == unit).ToArray();
            if (children.Length == 0 || !plan[unit].Inputs.Any(i => i.Carrier == Carrier.Electricity)) return null;
            var inputs = children.Append(unit).Select(c => totals[c]).ToArray();
            if (inputs.Any(t => t is null)) return new Quantity(null, "kWh", Basis.None.Word(), Reason: FigureReason.NoData.Word());
            if (inputs.Any(t => t!.Value.Basis == Basis.Estimated)) return new Quantity(null, "kWh", Basis.Estimated.Word(), Reason: FigureReason.EstimatedInput.Word());
            var rest = children.Aggregate(totals[unit]!.Value.Amount, (sum, c) => sum - totals[c]!.Value.Amount);
            var bound = inputs.Aggregate((Amount?)default(Amount), (sum, t) => sum is { } s && t!.Value.Bound is { } b ? s + b : null);
            return Stated((rest, inputs.Aggregate(Basis.Exact, (b, t) => b.Worst(t!.Value.Basis)), bound));
        }
    }

    /// <summary>Windows that wait for late samples are left out.</summary>
    private long Lag() => Math.Max(gateway.Plant.Metering.BaseWindow.FixedMicros, 15 * UtcMicros.PerSecond);

    private static Quantity? Stated((Amount Amount, Basis Basis, Amount? Bound)? total) =>
        total is { } t ? new Quantity(Texts.Of(t.Amount), "kWh", t.Basis.Word(), t.Bound is { } b ? Texts.Of(b) : null) : null;
}
