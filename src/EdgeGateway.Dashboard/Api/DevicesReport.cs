using System.Globalization;
using EdgeGateway.Dashboard.Live;
using EdgeGateway.Dashboard.Metrics;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Metering;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Dashboard.Api;

/// <summary>Buses with their devices and newest samples, publishers with what waits for them, the quarantine, and the box itself.</summary>
internal sealed class DevicesReport(IGatewayView gateway, LiveStreams live)
{
    private const int MostQuarantined = 200;

    public DevicesAnswer Now() => new(Texts.Time(UtcMicros.From(gateway.Time.GetUtcNow())), [.. gateway.Buses.Select(Connection)], Publishers(),
        [.. gateway.Store.ReadQuarantine(MostQuarantined).Select(q => new QuarantineAnswer(q.Publisher, q.Stream.Word(), q.Id, Texts.Time(q.AtMicros), q.Reason))], Box());

    private ConnectionAnswer Connection(IBus bus)
    {
        var h = bus.Health;
        var driver = gateway.Plant.Map.Connections.FirstOrDefault(c => c.Name == bus.Name)?.Driver ?? "";
        return new(bus.Name, driver, h.Connected, h.LastError, h.Requests, h.Responses, h.BytesSent, h.BytesReceived, h.Connects, h.SkippedCycles, h.StrayFrames,
            h.ForeignFrames, h.RefusedDialIns, Texts.Fixed(h.Utilisation, 3) ?? "0", [.. h.Devices.Select(d => Device(d, bus))]);
    }

    private DeviceAnswer Device(DeviceHealth d, IBus bus)
    {
        var plan = gateway.Plant.Buses.SelectMany(b => b.Devices).FirstOrDefault(b => b.Map.Name == d.Name);
        return new(d.Name, plan?.Map.Template, d.Online, d.LastError, gateway.Utc(d.LastGood) is var last and > 0 ? Texts.Time(last) : null, new ExactDecimal(d.RoundTripMicros, -3).ToString(),
            Texts.Fixed(d.MeanRoundTripMicros / 1000, 3) ?? "0", new ExactDecimal(d.SlowestRoundTripMicros, -3).ToString(), d.SkippedCycles, d.SecondAnswers, d.Errors, d.Timeouts, d.Exceptions, d.Malformed,
            d.Clock is { } c && gateway.IsTimed ? ClockAhead(c.At + c.Offset - gateway.Utc(c.At)) : null, d.ReplacedTimes,
            plan is null ? [] : [.. plan.Points.Select(p => Point(p.Map, bus.Raw(p.Map.Path), gateway.Latest[p.Slot]))]);
    }

    private static string ClockAhead(long micros) => new ExactDecimal(micros / 1000, -3).ToString();

    /// <summary>A bad sample shows its reason and no value, but the registers that were refused where there are any; what was read last is in the record log.</summary>
    private PointAnswer Point(PointMap point, RawReading? raw, LatestValue latest)
    {
        var seen = latest.Time > 0;
        var valid = seen && latest.Quality.HasValue();
        var value = !valid ? null : point.Kind switch
        {
            PointKind.Counter => Amounts(latest.Integer, point),
            PointKind.State => ((MachineState)latest.Integer).Word(),
            PointKind.Text => latest.Text,
            _ => double.IsFinite(latest.Number) ? latest.Number.ToString("0.######", CultureInfo.InvariantCulture) : null,
        };
        return new(point.Name, Texts.Kind(point.Kind), point.Unit.Symbol(), value,
            valid && point.Kind is PointKind.Counter ? latest.Integer.ToString(CultureInfo.InvariantCulture) : null, seen ? latest.Quality.Word() : "awaited", seen ? Texts.Time(latest.Time) : null, seen ? Words(raw, latest.Time, point.Poll) : null,
            DeviceMaps.Options.Durations.Format(point.Poll));
    }

    /// <summary>Registers are shown beside the value that was made of them, and beside no other: the bus may be a poll ahead. While the gateway's time runs slower, a stamp has moved a little since.</summary>
    private string? Words(RawReading? raw, long time, TimeSpan poll) => raw is { } r && Math.Abs(gateway.Utc(r.Time) - time) < poll.Ticks / TimeSpan.TicksPerMicrosecond / 4 + 1 ? r.Text : null;

    /// <summary>The register times its step and ratio, exactly.</summary>
    private static string? Amounts(long steps, PointMap point)
    {
        var factor = point.Resolution.Multiply(point.Ratio);
        var product = (Int128)steps * factor.Mantissa;
        return product >= long.MinValue && product <= long.MaxValue ? new ExactDecimal((long)product, factor.Exponent).ToString() : null;
    }

    private List<PublisherAnswer> Publishers()
    {
        var backlogs = Backlogs.Of(gateway).ToLookup(b => b.Publisher);
        return [.. gateway.Publishers.Select(p => new PublisherAnswer(p.Name, p.Connected, p.LastError, p.Accepted, p.Retried, p.Rejected, p.Skipped, p.Failures, p.BytesSent, backlogs[p.Name].ToDictionary(b => b.Word, b => b.Items)))];
    }

    private BoxAnswer Box()
    {
        var s = gateway.Store;
        return new(gateway.IsTimed, gateway.Clock.Verified, gateway.Clock.Source, ClockAhead(gateway.Clock.Ahead), gateway.Clock.Steps, s.Fault, s.Pending, s.Counters.Commits, s.Counters.Records, s.Counters.Failures, Environment.WorkingSet, live.Clients, live.Dropped, Counted(gateway.Metering));
    }

    private static Dictionary<string, long> Counted(MeteringCounters? m) => m is null ? [] : new()
    {
        ["accepted"] = m.Accepted, ["bad"] = m.Bad, ["suspects"] = m.Suspects, ["glitches"] = m.Glitches, ["resets"] = m.Resets, ["rollovers"] = m.Rollovers, ["gaps"] = m.Gaps, ["late"] = m.Late,
        ["closed"] = m.Closed, ["provisional"] = m.Provisional, ["reissued"] = m.Reissued,
    };
}
