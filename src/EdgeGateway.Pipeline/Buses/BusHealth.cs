using System.Collections.Immutable;
using EdgeGateway.Pipeline.Time;

namespace EdgeGateway.Pipeline.Buses;

/// <summary>Counters of a bus. The bus alone writes; anyone reads.</summary>
public sealed class BusHealth
{
    private const long UtilisationMicros = 10_000_000;

    private long _requests, _responses, _bytesSent, _bytesReceived, _connects, _skippedCycles, _samples, _strayFrames, _foreignFrames, _heartbeats, _busy, _busyAt, _busyThen, _refusedDialIns;
    private double _utilisation;

    /// <summary>Health of each device, in the order of the plan.</summary>
    public ImmutableArray<DeviceHealth> Devices { get; }

    /// <summary>Makes the counters for <paramref name="devices"/>.</summary>
    public BusHealth(IEnumerable<string> devices) => Devices = [.. devices.Select(d => new DeviceHealth(d))];

    /// <summary>True while the line stands.</summary>
    public bool Connected { get; set; }

    /// <summary>What went wrong last, or null.</summary>
    public string? LastError { get; set; }

    /// <summary>Requests sent.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Responses accepted.</summary>
    public long Responses => Interlocked.Read(ref _responses);

    /// <summary>Bytes sent.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    /// <summary>Bytes received, whatever they were.</summary>
    public long BytesReceived => Interlocked.Read(ref _bytesReceived);

    /// <summary>Lines established.</summary>
    public long Connects => Interlocked.Read(ref _connects);

    /// <summary>Poll cycles skipped because the gateway was behind or the device was late.</summary>
    public long SkippedCycles => Interlocked.Read(ref _skippedCycles);

    /// <summary>Samples handed over, bad ones included.</summary>
    public long Samples => Interlocked.Read(ref _samples);

    /// <summary>Whole frames that answered no open request, such as late replies; dropped.</summary>
    public long StrayFrames => Interlocked.Read(ref _strayFrames);

    /// <summary>Requests of another master on the line, and answers to it; dropped.</summary>
    public long ForeignFrames => Interlocked.Read(ref _foreignFrames);

    /// <summary>Heartbeat packets of a device that dials in; dropped.</summary>
    public long Heartbeats => Interlocked.Read(ref _heartbeats);

    /// <summary>Devices that dialled in and were refused.</summary>
    public long RefusedDialIns => Interlocked.Read(ref _refusedDialIns);

    /// <summary>Time in which the line was busy since the start: requests under way, and the silence it needs behind them; microseconds.</summary>
    public long BusyMicros => Interlocked.Read(ref _busy);

    /// <summary>Share of the last ten seconds or more in which the line was busy, 0 to 1; moves while requests end.</summary>
    public double Utilisation => Volatile.Read(ref _utilisation);

    /// <summary>Counts a request of <paramref name="bytes"/>.</summary>
    public void CountRequest(int bytes)
    {
        Interlocked.Increment(ref _requests);
        Interlocked.Add(ref _bytesSent, bytes);
    }

    /// <summary>Counts a response.</summary>
    public void CountResponse() => Interlocked.Increment(ref _responses);

    /// <summary>Counts received bytes.</summary>
    public void CountReceived(int bytes) => Interlocked.Add(ref _bytesReceived, bytes);

    /// <summary>Counts an established line.</summary>
    public void CountConnect() => Interlocked.Increment(ref _connects);

    /// <summary>Counts skipped cycles.</summary>
    public void CountSkipped(long cycles = 1) => Interlocked.Add(ref _skippedCycles, cycles);

    /// <summary>Counts a frame that answered no open request.</summary>
    public void CountStray() => Interlocked.Increment(ref _strayFrames);

    /// <summary>Counts a frame of another master.</summary>
    public void CountForeign() => Interlocked.Increment(ref _foreignFrames);

    /// <summary>Counts a heartbeat packet.</summary>
    public void CountHeartbeat() => Interlocked.Increment(ref _heartbeats);

    /// <summary>Counts a device that dialled in and was refused.</summary>
    public void CountRefusedDialIn() => Interlocked.Increment(ref _refusedDialIns);

    /// <summary>Counts time in which the line was busy.</summary>
    /// <param name="micros">How long.</param>
    /// <param name="now">When it ended, on the bus's clock.</param>
    public void CountBusy(long micros, long now)
    {
        var busy = Interlocked.Add(ref _busy, micros);
        if (_busyAt == 0) (_busyAt, _busyThen) = (now - micros, 0);
        if (now - _busyAt < UtilisationMicros) return;
        Volatile.Write(ref _utilisation, Math.Min(1, (busy - _busyThen) / (double)(now - _busyAt)));
        (_busyAt, _busyThen) = (now, busy);
    }

    /// <summary>Counts samples handed over.</summary>
    public void CountSamples(int samples) => Interlocked.Add(ref _samples, samples);
}

/// <summary>Health of one device.</summary>
/// <param name="name">The device's name.</param>
public sealed class DeviceHealth(string name)
{
    private long _errors, _timeouts, _exceptions, _malformed, _secondAnswers, _skippedCycles, _lastGood, _roundTrip, _slowest, _clockOffset, _clockAt, _replacedTimes;
    private double _mean;

    /// <summary>Name of the device.</summary>
    public string Name { get; } = name;

    /// <summary>True once it answered, until it fails.</summary>
    public bool Online { get; set; }

    /// <summary>What went wrong last, or null.</summary>
    public string? LastError { get; set; }

    /// <summary>Failed requests of all kinds.</summary>
    public long Errors => Interlocked.Read(ref _errors);

    /// <summary>Requests without an answer.</summary>
    public long Timeouts => Interlocked.Read(ref _timeouts);

    /// <summary>Requests answered with an exception.</summary>
    public long Exceptions => Interlocked.Read(ref _exceptions);

    /// <summary>Answers that made no sense.</summary>
    public long Malformed => Interlocked.Read(ref _malformed);

    /// <summary>Time of the last good answer, microseconds of boot time as samples are stamped, or 0.</summary>
    public long LastGood => Interlocked.Read(ref _lastGood);

    /// <summary>Last round trip, microseconds.</summary>
    public long RoundTripMicros => Interlocked.Read(ref _roundTrip);

    /// <summary>Mean round trip, the latest counting most, microseconds.</summary>
    public double MeanRoundTripMicros => Volatile.Read(ref _mean);

    /// <summary>Longest round trip since the start, microseconds.</summary>
    public long SlowestRoundTripMicros => Interlocked.Read(ref _slowest);

    /// <summary>Answers that came on top of the right one: another device with the same address; dropped.</summary>
    public long SecondAnswers => Interlocked.Read(ref _secondAnswers);

    /// <summary>Poll cycles of its requests that were skipped because the device or its line was late.</summary>
    public long SkippedCycles => Interlocked.Read(ref _skippedCycles);

    /// <summary>What the device's own clock showed last, or null where it has none or tells none.</summary>
    public DeviceClockReading? Clock => Interlocked.Read(ref _clockAt) is var at && at == 0 ? null : new DeviceClockReading(Interlocked.Read(ref _clockOffset), at);

    /// <summary>Times of the device that the gateway's own time replaced, because the device's clock is off.</summary>
    public long ReplacedTimes => Interlocked.Read(ref _replacedTimes);

    /// <summary>Notes what the device's clock shows.</summary>
    /// <param name="offset">Its UTC less boot time, microseconds.</param>
    /// <param name="at">Boot time.</param>
    public void NoteClock(long offset, long at)
    {
        Interlocked.Exchange(ref _clockOffset, offset);
        Interlocked.Exchange(ref _clockAt, at);
    }

    /// <summary>Counts a time of the device that was not believed.</summary>
    public void CountReplacedTime() => Interlocked.Increment(ref _replacedTimes);

    /// <summary>Notes a good answer.</summary>
    public void CountGood(long now, long roundTripMicros)
    {
        Volatile.Write(ref _mean, _mean == 0 ? roundTripMicros : _mean + (roundTripMicros - _mean) / 16);
        if (roundTripMicros > _slowest) Interlocked.Exchange(ref _slowest, roundTripMicros);
        Interlocked.Exchange(ref _lastGood, now);
        Interlocked.Exchange(ref _roundTrip, roundTripMicros);
        Online = true;
    }

    /// <summary>Counts a missing answer.</summary>
    public void CountTimeout()
    {
        Interlocked.Increment(ref _timeouts);
        Interlocked.Increment(ref _errors);
    }

    /// <summary>Counts an exception response.</summary>
    public void CountException()
    {
        Interlocked.Increment(ref _exceptions);
        Interlocked.Increment(ref _errors);
    }

    /// <summary>Counts an answer that made no sense.</summary>
    public void CountMalformed()
    {
        Interlocked.Increment(ref _malformed);
        Interlocked.Increment(ref _errors);
    }

    /// <summary>Counts an answer on top of the right one.</summary>
    public void CountSecondAnswer() => Interlocked.Increment(ref _secondAnswers);

    /// <summary>Counts skipped cycles.</summary>
    public void CountSkipped(long cycles) => Interlocked.Add(ref _skippedCycles, cycles);

    /// <summary>Counts any other failure, such as a refused connection.</summary>
    public void CountError() => Interlocked.Increment(ref _errors);
}
