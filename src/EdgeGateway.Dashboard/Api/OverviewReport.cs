using EdgeGateway.Metering.Plans;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Dashboard.Api;

/// <summary>Now, today, yesterday up to the same time, this month: one answer for the first page. Made at most every two seconds, for all readers together; on a large plant so seldom that it takes a twentieth of the time at most.</summary>
internal sealed class OverviewReport(IGatewayView gateway, LiveReport live, SpanReader spans)
{
    private const int Share = 20;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private readonly Lock _gate = new();
    private OverviewAnswer? _answer;
    private long _made;
    private TimeSpan _fresh;

    public OverviewAnswer Now()
    {
        lock (_gate)
        {
            var stamp = gateway.Time.GetTimestamp();
            if (_answer is not null && gateway.Time.GetElapsedTime(_made, stamp) < _fresh) return _answer;
            _answer = Make();
            _made = gateway.Time.GetTimestamp();
            var took = gateway.Time.GetElapsedTime(stamp, _made) * Share;
            _fresh = took > Fresh ? took : Fresh;
            return _answer;
        }
    }

    private OverviewAnswer Make()
    {
        var map = gateway.Plant.Map;
        var days = new LocalDays(map.Gateway.Timezone);
        var now = UtcMicros.From(gateway.Time.GetUtcNow());
        var (day, month) = (days.Day(now), days.Month(now));
        var report = new SumsReport(gateway.Plant);
        var units = new List<OverviewUnit>();
        var plan = gateway.Plant.Metering;
        foreach (var unit in plan.Units)
        {
            var end = Math.Max(day, End(unit, now));
            var yesterday = days.Day(now, 1);
            units.Add(new OverviewUnit(unit.Path, unit.Parent < 0 ? null : plan.Units[unit.Parent].Path, UnitTargets.Item(map, unit.Path), UnitTargets.Of(map, unit.Path),
                report.Of(spans.Read(unit.Id, day, end), unit.Path, withInputs: false),
                report.Of(spans.Read(unit.Id, yesterday, Math.Min(day, yesterday + (end - day))), unit.Path, withInputs: false),
                report.Of(spans.Read(unit.Id, month, end), unit.Path, withInputs: false)));
        }
        return new OverviewAnswer(map.Gateway.Id, Texts.Time(now), map.Gateway.Timezone, Texts.Time(day), Texts.Time(month), live.Now(), units);
    }

    /// <summary>The end of the newest base window that is stated: what is still open is not a hole.</summary>
    private long End(UnitPlan unit, long now)
    {
        var kind = gateway.Plant.Metering.BaseWindow;
        var since = now - 10 * UtcMicros.PerMinute;
        var newest = gateway.Store.ReadWindows(unit.Id, kind.Code, since, long.MaxValue, 10_000);
        var record = new WindowRecord();
        return newest.Count > 0 && WindowRecordCodec.TryDecode(newest[^1].Body, record) ? record.End : UtcMicros.Floor(now, kind.FixedMicros);
    }
}
