using System.Diagnostics;
using EdgeGateway.Dashboard.Live;
using EdgeGateway.Metering;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Dashboard.Metrics;

/// <summary>Every metric of the gateway.</summary>
/// <param name="live">The live streams, which count what they drop.</param>
internal sealed class MetricTable(LiveStreams live)
{
    public IReadOnlyList<Metric> All { get; } =
    [
        new("build_info", "gauge", "Always 1; the version is its label.", ["version"], g => [new(1, g.Version)]),
        Metric.Gauge("start_time_seconds", "When the process started, Unix seconds.", g => g.StartedAt / (double)UtcMicros.PerSecond),
        Metric.Gauge("resident_memory_bytes", "Memory of the process in RAM.", _ => Environment.WorkingSet),
        Metric.Gauge("heap_bytes", "Managed heap in use.", _ => GC.GetTotalMemory(forceFullCollection: false)),
        Metric.Counter("cpu_seconds_total", "Processor time of the process.", _ => Cpu()),
        Metric.Gauge("clock_trusted", "1 once the clock is trusted or its wait ran out.", g => g.IsTimed ? 1 : 0),
        Metric.Gauge("clock_verified", "1 while someone vouches for the time in use.", g => g.Clock.Verified ? 1 : 0),
        new("clock_source", "gauge", "Always 1; whose time is in use is its label: ntp, rtc, device, operator or unverified.", ["source"], g => [new(1, g.Clock.Source)]),
        Metric.Gauge("clock_ahead_seconds", "How far the time in use is ahead of its source's; it runs a tenth slower until they meet.", g => g.Clock.Ahead / (double)UtcMicros.PerSecond),
        Metric.Counter("clock_steps_total", "Times the clock moved otherwise than time passed, followed or not.", g => g.Clock.Steps),
        Metric.Gauge("publishing_held", "1 while nothing is published because the store was made on another machine.", g => g.HoldReason is null ? 0 : 1),

        Bus("bus_connected", "gauge", "1 while the line stands.", h => h.Connected ? 1 : 0),
        Bus("bus_requests_total", "counter", "Requests sent.", h => h.Requests),
        Bus("bus_responses_total", "counter", "Responses accepted.", h => h.Responses),
        Bus("bus_sent_bytes_total", "counter", "Bytes sent.", h => h.BytesSent),
        Bus("bus_received_bytes_total", "counter", "Bytes received, whatever they were.", h => h.BytesReceived),
        Bus("bus_connects_total", "counter", "Lines established.", h => h.Connects),
        Bus("bus_skipped_cycles_total", "counter", "Poll cycles skipped because the gateway was behind or the device was late.", h => h.SkippedCycles),
        Bus("bus_samples_total", "counter", "Samples handed over, bad ones included.", h => h.Samples),
        Bus("bus_stray_frames_total", "counter", "Frames that answered no open request; dropped.", h => h.StrayFrames),
        Bus("bus_foreign_frames_total", "counter", "Requests of another master on the line, and answers to it; dropped.", h => h.ForeignFrames),
        Bus("bus_heartbeats_total", "counter", "Heartbeat packets of a device that dials in; dropped.", h => h.Heartbeats),
        Bus("bus_refused_dial_ins_total", "counter", "Devices that dialled in and were refused.", h => h.RefusedDialIns),
        Bus("bus_busy_seconds_total", "counter", "Time in which the line was busy: requests under way, and the silence behind them.", h => h.BusyMicros / (double)UtcMicros.PerSecond),
        Bus("bus_utilisation_ratio", "gauge", "Share of the last ten seconds or more in which the line was busy; moves while requests end.", h => h.Utilisation),

        Device("device_online", "gauge", "1 once the device answered, until it fails.", d => d.Online ? 1 : 0),
        Device("device_timeouts_total", "counter", "Requests without an answer.", d => d.Timeouts),
        Device("device_exceptions_total", "counter", "Requests answered with an exception.", d => d.Exceptions),
        Device("device_malformed_total", "counter", "Answers that made no sense.", d => d.Malformed),
        Device("device_errors_total", "counter", "Failed requests of all kinds.", d => d.Errors),
        Device("device_second_answers_total", "counter", "Answers on top of the right one: another device with the same address; dropped.", d => d.SecondAnswers),
        Device("device_skipped_cycles_total", "counter", "Poll cycles of its requests that were skipped because the device or its line was late.", d => d.SkippedCycles),
        new("device_last_answer_seconds", "gauge", "Unix time of the last good answer, 0 for none.", ["device"],
            g => g.Buses.SelectMany(b => b.Health.Devices).Select(d => new MetricValue(g.Utc(d.LastGood) / (double)UtcMicros.PerSecond, d.Name))),
        new("device_clock_ahead_seconds", "gauge", "How far the device's own clock is ahead of the gateway's, where it tells one.", ["device"],
            g => g.IsTimed ? g.Buses.SelectMany(b => b.Health.Devices).Where(d => d.Clock is not null).Select(d => (d, c: d.Clock!.Value)).Select(d => new MetricValue((d.c.At + d.c.Offset - g.Utc(d.c.At)) / (double)UtcMicros.PerSecond, d.d.Name)) : []),
        Device("device_replaced_times_total", "counter", "Times of the device that were replaced by the gateway's, because its clock is more than 5 s off.", d => d.ReplacedTimes),
        Device("device_round_trip_seconds", "gauge", "Last round trip.", d => d.RoundTripMicros / (double)UtcMicros.PerSecond),
        Device("device_round_trip_mean_seconds", "gauge", "Mean round trip, the latest counting most.", d => d.MeanRoundTripMicros / UtcMicros.PerSecond),
        Device("device_round_trip_slowest_seconds", "gauge", "Longest round trip since the start.", d => d.SlowestRoundTripMicros / (double)UtcMicros.PerSecond),

        new("point_value", "gauge", "Newest value of a gauge point with a value, in its unit of measure.", ["device", "point", "unit"], Values),

        Metering("metering_accepted_total", "Counter samples accepted.", m => m.Accepted),
        Metering("metering_bad_total", "Samples without a value.", m => m.Bad),
        Metering("metering_suspects_total", "Counter samples set aside as suspects.", m => m.Suspects),
        Metering("metering_glitches_total", "Suspects that turned out to be glitches.", m => m.Glitches),
        Metering("metering_resets_total", "Resets and discontinuities confirmed.", m => m.Resets),
        Metering("metering_rollovers_total", "Rollovers.", m => m.Rollovers),
        Metering("metering_gaps_total", "Gaps that ended.", m => m.Gaps),
        Metering("metering_late_total", "Samples older than what was already accepted.", m => m.Late),
        Metering("metering_refined_total", "Late samples that were taken in between their neighbours.", m => m.Refined),
        Metering("metering_late_unused_total", "Late samples that lie in no gap that is remembered, or do not fit between their neighbours; they change nothing.", m => m.Unused),
        Metering("metering_records_closed_total", "Window records stated for the first time.", m => m.Closed),
        Metering("metering_records_provisional_total", "Window records stated before all data were there.", m => m.Provisional),
        Metering("metering_records_reissued_total", "Window records stated again.", m => m.Reissued),

        Metric.Counter("store_commits_total", "Commits made.", g => g.Store.Counters.Commits),
        Metric.Counter("store_entries_total", "Entries made durable.", g => g.Store.Counters.Entries),
        Metric.Counter("store_entry_bytes_total", "Bytes of entry bodies made durable.", g => g.Store.Counters.EntryBytes),
        Metric.Counter("store_records_total", "Window records made durable.", g => g.Store.Counters.Records),
        Metric.Counter("store_failures_total", "Commits that failed and were tried again.", g => g.Store.Counters.Failures),
        Metric.Gauge("store_pending_entries", "Entries posted and not yet durable.", g => g.Store.Pending),
        Metric.Counter("store_shed_entries_total", "Entries of the input log let go because it came to its bounds of age or bytes.", g => g.Store.Counters.ShedEntries),
        Metric.Counter("store_shed_records_total", "Window records let go, likewise.", g => g.Store.Counters.ShedRecords),
        Metric.Counter("store_shed_events_total", "Events let go, likewise.", g => g.Store.Counters.ShedEvents),
        Metric.Counter("store_shed_quarantined_total", "Quarantined items let go with what they name.", g => g.Store.Counters.ShedQuarantined),
        new("store_shed_unsent_total", "counter", "Items let go that a publisher had not sent; those it would have passed over count too.", ["publisher"],
            g => g.Store.Counters.ShedUnsent.Select(u => new MetricValue(u.Value, u.Key))),
        Metric.Gauge("store_log_file_bytes", "Size of the write-ahead log on disk; it grows while another program holds an old state of the store.", g => g.Store.LogFileBytes),
        new("quarantine_items", "gauge", "Items in quarantine.", ["publisher", "stream"], g => g.Store.CountQuarantine().Select(q => new MetricValue(q.Items, q.Publisher, q.Stream.Word()))),
        Metric.Gauge("store_fault", "1 while commits fail.", g => g.Store.Fault is null ? 0 : 1),

        Publisher("publisher_connected", "gauge", "1 while the line to the target stands.", p => p.Connected ? 1 : 0),
        Publisher("publisher_accepted_total", "counter", "Items the target has.", p => p.Accepted),
        Publisher("publisher_retried_total", "counter", "Times an item had to be tried again.", p => p.Retried),
        Publisher("publisher_rejected_total", "counter", "Items quarantined.", p => p.Rejected),
        Publisher("publisher_skipped_total", "counter", "Items passed over: superseded by a newer revision, or not chosen by the map.", p => p.Skipped),
        Publisher("publisher_failures_total", "counter", "Lines lost or not established.", p => p.Failures),
        Publisher("publisher_sent_bytes_total", "counter", "Bytes sent to the target, as far as the publisher sees them: of MQTT the packets, of InfluxDB requests with TLS. What a metered line is charged for.", p => p.BytesSent),
        new("publisher_backlog_items", "gauge", "Items of a stream that are durable and not acknowledged; superseded ones count until they are passed.", ["publisher", "stream"],
            g => Backlogs.Of(g).Select(b => new MetricValue(b.Items, b.Publisher, b.Word))),

        Metric.Gauge("live_clients", "Pages and programs that follow the live stream.", _ => live.Clients),
        Metric.Counter("live_dropped_clients_total", "Live streams ended because their reader was too slow.", _ => live.Dropped),
    ];

    private static Metric Bus(string name, string kind, string help, Func<BusHealth, double> read) =>
        new(name, kind, help, ["connection"], g => g.Buses.Select(b => new MetricValue(read(b.Health), b.Name)));

    private static Metric Device(string name, string kind, string help, Func<DeviceHealth, double> read) =>
        new(name, kind, help, ["device"], g => g.Buses.SelectMany(b => b.Health.Devices).Select(d => new MetricValue(read(d), d.Name)));

    private static Metric Publisher(string name, string kind, string help, Func<PublisherHealth, double> read) =>
        new(name, kind, help, ["publisher"], g => g.Publishers.Select(p => new MetricValue(read(p), p.Name)));

    private static Metric Metering(string name, string help, Func<MeteringCounters, long> read) =>
        new(name, "counter", help, [], g => g.Metering is { } m ? [new(read(m))] : []);

    private static IEnumerable<MetricValue> Values(IGatewayView g)
    {
        var slot = -1;
        foreach (var device in g.Plant.Map.Devices)
        {
            foreach (var point in device.Points)
            {
                slot++;
                if (point.Kind != PointKind.Gauge) continue;
                var value = g.Latest[slot];
                if (value.Time > 0 && value.Quality.HasValue()) yield return new(value.Number, device.Name, point.Name, Records.Numbers.UnitsOfMeasure.Symbol(point.Unit));
            }
        }
    }

    private static double Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }
}
