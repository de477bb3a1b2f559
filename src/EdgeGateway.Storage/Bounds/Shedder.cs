using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;
using EdgeGateway.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Storage.Bounds;

/// <summary>Keeps the log within its bounds: a small step behind a commit, so that no commit waits for long. On the writer's thread.</summary>
/// <param name="file">The writer's connection.</param>
/// <param name="options">Has the bounds.</param>
/// <param name="counters">Count what was let go.</param>
/// <param name="publishers">Publishers at work.</param>
/// <param name="openedNow">Time of the newest entry on opening, or <see cref="long.MinValue"/>.</param>
/// <param name="log">For the few lines worth saying.</param>
internal sealed class Shedder(Connection file, SqliteStoreOptions options, StoreCounters counters, Func<IReadOnlyCollection<string>> publishers, long openedNow, ILogger log)
{
    private const int LeastLimit = 1000, FreePages = 4096, VacuumPages = 512;
    private const long Day = 24 * UtcMicros.PerHour, Leap = 6 * UtcMicros.PerHour;
    private const long SampleLook = UtcMicros.PerMinute, RecordLook = UtcMicros.PerHour, LossReport = UtcMicros.PerHour, Report = Day;

    private readonly Shed _unreported = new();
    private long _now = openedNow, _lag, _nextSamples = long.MinValue, _nextRecords = long.MinValue, _reported = long.MinValue;

    /// <summary>A step, where there is something to do.</summary>
    /// <param name="verifiedNow">Time of the newest entry of the commit that somebody vouched for, or <see cref="long.MinValue"/>.</param>
    /// <param name="entries">Entries of the commit: shedding keeps pace with a flood.</param>
    /// <param name="tally">Bytes of the logs; with what was shed taken off on return.</param>
    public void Step(long verifiedNow, int entries, ref Tally tally)
    {
        Observe(verifiedNow);
        var bounds = options.Bounds;
        var samplesDue = tally.SampleBytes > bounds.SampleBytes || _now > long.MinValue && _now >= _nextSamples;
        var recordsDue = _now > long.MinValue && _now >= _nextRecords;
        if (!samplesDue && !recordsDue) return;
        var limit = Math.Max(LeastLimit, 2 * entries);
        var (shed, before) = (new Shed(), tally);
        try
        {
            file.Execute("BEGIN IMMEDIATE");
            if (samplesDue) Samples(bounds, limit, tally, shed);
            if (recordsDue) Records(bounds, limit, tally, shed);
            if (shed.IsEmpty) file.Rollback();
            else
            {
                tally = tally with { SampleBytes = tally.SampleBytes - shed.EntryBytes, RecordBytes = tally.RecordBytes - shed.RecordBytes };
                tally.Save(file);
                var told = Tell(tally.Seq, shed);
                file.Execute("COMMIT");
                if (told) Told(shed);
                else _unreported.Add(shed);
            }
        }
        catch
        {
            file.Rollback();
            tally = before;
            throw;
        }
        counters.CountShed(shed.Entries, shed.Records, shed.Events, shed.Quarantined, shed.Unsent);
        // Looked at again at once while a step was cut off by its limit, else after a while.
        if (samplesDue && shed.Entries < limit && _now > long.MinValue) _nextSamples = _now + SampleLook;
        if (recordsDue && shed.Records + shed.Events < limit) _nextRecords = _now + RecordLook;
        if (!shed.IsEmpty) GiveBack();
    }

    private void Samples(StoreBounds bounds, int limit, in Tally tally, Shed shed)
    {
        var unsent = new Unsent(publishers(), SampleShed.Stream).Load(file);
        SampleShed.Step(file, tally.SampleBytes - bounds.SampleBytes, Horizon(bounds.SampleAge), limit, unsent, shed);
        shed.Add(unsent);
    }

    private void Records(StoreBounds bounds, int limit, in Tally tally, Shed shed)
    {
        var unsent = new Unsent(publishers(), RecordStream.Records).Load(file);
        var units = RecordShed.UnitsOf(file);
        var over = tally.RecordBytes > bounds.RecordBytes;
        foreach (var (kinds, age, stretch) in new[] { (StoreBounds.ShortKinds, bounds.ShortAge, Day), (StoreBounds.QuarterKinds, bounds.QuarterAge, 30 * Day) })
        {
            var horizon = Horizon(age);
            if (over && shed.Records == 0 && RecordShed.OldestStart(file, units, kinds) is var oldest && oldest < _now - 2 * stretch) horizon = Math.Max(horizon, oldest + stretch);
            if (shed.Records < limit) RecordShed.Step(file, units, kinds, horizon, limit - (int)shed.Records, unsent, shed);
        }
        shed.Add(unsent);
        var unsentEvents = new Unsent(publishers(), RecordStream.Events).Load(file);
        EventShed.Step(file, Horizon(bounds.EventAge), limit, unsentEvents, shed);
        shed.Add(unsentEvents);
    }

    private long Horizon(TimeSpan age) => _now == long.MinValue ? long.MinValue : _now - _lag - UtcMicros.From(age);

    /// <summary>A box that was off for weeks, or whose clock leapt, must not let go at once what nobody could send meanwhile: the leap does not count as age at first, and is caught up with at double speed.</summary>
    private void Observe(long verifiedNow)
    {
        if (verifiedNow <= _now) return;
        var step = _now == long.MinValue ? 0 : verifiedNow - _now;
        _lag = step > Leap ? _lag + step : Math.Max(0, _lag - step);
        _now = verifiedNow;
    }

    /// <summary>An event once a day; once an hour while someone misses something.</summary>
    private bool Tell(long seq, Shed shed)
    {
        var since = _reported == long.MinValue ? long.MaxValue : _now - _reported;
        if (since < (_unreported.IsLoss || shed.IsLoss ? LossReport : Report)) return false;
        var all = new Shed();
        all.Add(_unreported);
        all.Add(shed);
        ShedEvent.Write(file, seq, _now == long.MinValue ? 0 : _now, all);
        return true;
    }

    /// <summary>The same in the log, once it is durable.</summary>
    private void Told(Shed shed)
    {
        _unreported.Add(shed);
        if (_unreported.IsLoss) StoreLog.ShedUnsent(log, options.Path, _unreported.Entries, _unreported.Records, string.Join(", ", _unreported.Unsent.Select(u => FormattableString.Invariant($"{u.Key} {u.Value}"))));
        else StoreLog.ShedOld(log, options.Path, _unreported.Entries, _unreported.Records, _unreported.Events);
        _unreported.Clear();
        _reported = _now;
    }

    /// <summary>Freed pages serve what is written next; only what is far more than that goes back to the file system, a little at a time.</summary>
    private void GiveBack()
    {
        var (free, all) = (file.Number("PRAGMA freelist_count") ?? 0, file.Number("PRAGMA page_count") ?? 0);
        if (free > FreePages && free > all / 4) file.Execute(FormattableString.Invariant($"PRAGMA incremental_vacuum({VacuumPages})"));
    }
}
