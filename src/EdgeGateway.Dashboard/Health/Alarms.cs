using System.Globalization;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Dashboard.Health;

/// <summary>Gathers what is wrong now, the worst first, out of the counters that log and metrics read too.</summary>
internal sealed class Alarms(IGatewayView gateway)
{
    private const long LongLog = 128L << 20;

    public const string Stop = "stop", Fault = "fault", Note = "note";

    public IReadOnlyList<Alarm> Now()
    {
        var alarms = new List<Alarm>();
        if (gateway.Store.Fault is { } fault)
        {
            alarms.Add(new("store_refuses", Stop, "", fault, $"The store cannot write: {fault} What is measured waits in memory; free space or mend the disk."));
        }
        if (!gateway.IsTimed)
        {
            alarms.Add(new("clock_awaited", Stop, "", null, "The clock is not trusted yet: samples are kept, window records begin once it is. Connect NTP, wait for gateway.clock_wait, or say 'edgegateway clock trust'."));
        }
        if (gateway.HoldReason is { } held) alarms.Add(new("foreign_store", Fault, "", null, held));
        foreach (var bus in gateway.Buses) Add(alarms, bus);
        foreach (var publisher in gateway.Publishers)
        {
            if (!publisher.Connected && gateway.HoldReason is null)
            {
                alarms.Add(new("publisher_down", Fault, publisher.Name, publisher.LastError, $"{publisher.Name} is not connected: {publisher.LastError ?? "still connecting."} Data wait in the store."));
            }
        }
        foreach (var quarantined in gateway.Store.CountQuarantine().GroupBy(q => q.Publisher))
        {
            alarms.Add(new("quarantined", Note, quarantined.Key, null, FormattableString.Invariant($"{quarantined.Key} refused {quarantined.Sum(q => q.Items)} items for good: 'edgegateway quarantine list' says why; mend the target, then 'quarantine replay' or 'quarantine drop'.")));
        }
        foreach (var (publisher, items) in gateway.Store.Counters.ShedUnsent)
        {
            alarms.Add(new("shed_unsent", Fault, publisher, null, FormattableString.Invariant($"The log is at its bounds: up to {items} items left it before {publisher} had sent them. Mend the target, or give the store larger bounds (store.keep_samples, store.samples_mb).")));
        }
        if (gateway.Store.LogFileBytes > LongLog)
        {
            alarms.Add(new("store_log_long", Note, "", null, FormattableString.Invariant($"The store's write-ahead log has {gateway.Store.LogFileBytes >> 20} MiB: another program, such as a database browser or a backup, holds the store open. Close it.")));
        }
        if (!gateway.IsTimed || gateway.Clock.Verified) return alarms;
        var clock = gateway.Clock;
        if (clock.Ahead > 0)
        {
            var ahead = (clock.Ahead / (double)UtcMicros.PerSecond).ToString("0.0", CultureInfo.InvariantCulture);
            alarms.Add(new("clock_ahead", Note, "", $"{ahead} s, {clock.Source}", $"The gateway's time is {ahead} s ahead of {clock.Source} and runs a tenth slower until they meet: records say clock_unverified meanwhile."));
        }
        else alarms.Add(new("clock_unverified", Note, "", clock.Source, "Nobody vouches for this machine's clock: records say clock_unverified. Connect NTP, or say 'edgegateway clock trust'."));
        return alarms;
    }

    private void Add(List<Alarm> alarms, IBus bus)
    {
        var devices = bus.Health.Devices;
        var silent = devices.Count(d => !d.Online);
        if (silent == devices.Length && !bus.Health.Connected)
        {
            var since = gateway.Utc(devices.Length == 0 ? 0 : devices.Max(d => d.LastGood));
            alarms.Add(new("connection_down", Fault, bus.Name, bus.Health.LastError, $"No line to {bus.Name}: {bus.Health.LastError ?? "still connecting."} Check power, cable and address.", since));
            return;
        }
        foreach (var device in devices)
        {
            if (device.Online) continue;
            var since = gateway.Utc(device.LastGood);
            var last = since == 0 ? "it has not answered yet" : $"its last answer was at {UtcMicros.Format(since)}";
            alarms.Add(new("device_silent", Fault, device.Name, device.LastError, $"{device.Name} does not answer: {device.LastError ?? last + "."} Check its power, address and wiring.", since));
        }
    }
}
