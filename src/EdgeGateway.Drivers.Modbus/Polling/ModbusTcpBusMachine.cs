using EdgeGateway.Modbus.Framing;
using EdgeGateway.Modbus.Pdu;
using EdgeGateway.Modbus.Planning;
using EdgeGateway.Modbus.Registers;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Records.Samples;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Drivers.Modbus.Polling;

/// <summary>Sees the wire bytes of a point before they are decoded.</summary>
internal delegate void RegisterTap(int slot, ReadOnlySpan<byte> registers);

/// <summary>A Modbus TCP bus without a socket: it says what to send and until when to wait, takes bytes and time, and hands samples over.</summary>
/// <remarks>
/// One request is outstanding at a time. Times are microseconds of the gateway's stamp clock, handed in. After every call the owner brings the line to <see cref="Line"/>,
/// sends <see cref="Output"/>, and calls <see cref="Advance"/> at <see cref="Deadline"/>. Not thread-safe; allocates nothing while its devices answer.
/// Source: MODBUS Messaging on TCP/IP Implementation Guide V1.0b, 4.
/// </remarks>
internal sealed partial class ModbusTcpBusMachine
{
    private const int UnansweredLimit = 3;
    private const long FirstRefusedPause = 10_000_000, LongestRefusedPause = 600_000_000;

    private readonly BusLayout _layout;
    private readonly BusHealth _health;
    private readonly SampleWriter _samples;
    private readonly ReconnectPause _pause;
    private readonly ILogger _log;
    private readonly RegisterTap? _tap;
    private readonly PriorityQueue<PollBlock, DueKey> _queue = new();
    private readonly byte[] _output = new byte[Mbap.HeaderLength + ReadRequest.Length];
    private readonly byte[] _input = new byte[4 * Mbap.MaxFrame];
    private int _outputStart, _outputEnd, _inputCount, _blocks, _unanswered;
    private PollBlock? _asked;
    private ushort _transaction;
    private long _askedAt, _answerBy, _quietUntil = long.MinValue, _openAt = long.MinValue, _openBy;
    private bool _started, _saidDown;

    public ModbusTcpBusMachine(BusLayout layout, ISampleSink sink, Func<double> random, ILogger log, RegisterTap? tap = null)
    {
        (_layout, _health, _log, _tap) = (layout, layout.Health, log, tap);
        _samples = new SampleWriter(sink, _health);
        _pause = new ReconnectPause(random);
    }

    /// <summary>What the line should be.</summary>
    public LineState Line { get; private set; }

    /// <summary>Bytes to send, oldest first.</summary>
    public ReadOnlySpan<byte> Output => _output.AsSpan(_outputStart, _outputEnd - _outputStart);

    /// <summary>Where received bytes go; never empty.</summary>
    public Span<byte> Space => _input.AsSpan(_inputCount);

    /// <summary>When <see cref="Advance"/> is wanted at the latest.</summary>
    public long Deadline
    {
        get
        {
            if (_asked is not null) return _answerBy;
            var line = Line switch
            {
                LineState.Down => _openAt,
                LineState.Opening => _openBy,
                _ => long.MaxValue,
            };
            if (!_queue.TryPeek(out _, out var first)) return line;
            return Math.Min(line, Line == LineState.Up ? Math.Max(first.Due, _quietUntil) : first.Due);
        }
    }

    /// <summary>Bytes of <see cref="Output"/> were sent.</summary>
    public void Sent(int count) => _outputStart += count;

    /// <summary>Time went on.</summary>
    public void Advance(long now)
    {
        if (Line == LineState.Down && now >= _openAt)
        {
            Line = LineState.Opening;
            _openBy = now + _layout.ConnectTimeoutMicros;
        }
        else if (Line == LineState.Opening && now >= _openBy) OpenFailed("no answer within connect_timeout", now);
        else if (_asked is not null && now >= _answerBy) Unanswered(now);
        Poll(now);
    }

    /// <summary>The connection stands.</summary>
    public void Opened(long now)
    {
        Line = LineState.Up;
        _health.Connected = true;
        _health.CountConnect();
        _saidDown = false;
        foreach (var device in _layout.Devices) device.BeAsked();
        _log.Connected(_layout.Name, _layout.Host, _layout.Port);
        Start(now);
        Poll(now);
    }

    /// <summary>The connection could not be made.</summary>
    public void OpenFailed(string why, long now)
    {
        Start(now);
        Drop(why, now);
        Poll(now);
    }

    /// <summary>The connection is gone.</summary>
    public void Lost(string why, long now)
    {
        Abandon(Quality.BadDisconnected, now);
        Drop(why, now);
        Poll(now);
    }

    /// <summary>Nothing more is wanted; the line is closed without another sample.</summary>
    public void Stop()
    {
        Line = LineState.Down;
        _health.Connected = false;
    }

    /// <summary>The first <paramref name="count"/> bytes of <see cref="Space"/> were received.</summary>
    public void Received(int count, long now)
    {
        _health.CountReceived(count);
        _inputCount += count;
        var start = 0;
        while (Line == LineState.Up)
        {
            var status = Mbap.Scan(_input.AsSpan(start, _inputCount - start), out var frame, out var fault);
            if (status == ScanStatus.NeedMoreData) break;
            if (status == ScanStatus.Malformed)
            {
                Malformed(fault.Word(), now);
                return;
            }
            start += frame.Length;
            Answered(frame, now);
        }
        if (Line == LineState.Up && start > 0)
        {
            _input.AsSpan(start, _inputCount - start).CopyTo(_input);
            _inputCount -= start;
        }
        Poll(now);
    }

    private void Start(long now)
    {
        if (_started) return;
        _started = true;
        foreach (var device in _layout.Devices)
        {
            foreach (var plan in device.Plan) Enter(device, plan, plan, now + (long)(plan.PeriodMicros * device.Phase));
        }
    }

    private void Enter(PollDevice device, ReadBlock plan, ReadBlock origin, long due)
    {
        var block = new PollBlock(device, plan, origin, _blocks++) { Due = due };
        device.Blocks.Add(block);
        _queue.Enqueue(block, new DueKey(due, block.Order));
    }

    // Serves every block that is due: asks for it, or says why it is not asked.
    private void Poll(long now)
    {
        while (_queue.TryPeek(out var block, out var key) && key.Due <= now)
        {
            if (block.Retired)
            {
                _queue.Dequeue();
                continue;
            }
            if (Line == LineState.Up)
            {
                if (_asked is not null || now < _quietUntil) return;
                if (now >= block.Device.AskAt && now >= block.AskAt)
                {
                    Reschedule(block, now);
                    Ask(block, now);
                    return;
                }
            }
            Reschedule(block, now);
            Report(block, now, Line != LineState.Up ? Quality.BadDisconnected : now < block.Device.AskAt ? block.Device.Reason : Quality.BadException);
        }
    }

    private void Reschedule(PollBlock block, long now)
    {
        var period = block.Plan.PeriodMicros;
        block.Cycle = block.Due;
        block.Due += period;
        if (block.Due <= now)
        {
            var missed = (now - block.Due) / period + 1;
            block.Due += missed * period;
            _health.CountSkipped(missed);
        }
        _queue.DequeueEnqueue(block, new DueKey(block.Due, block.Order));
    }

    private void Ask(PollBlock block, long now)
    {
        _transaction++;
        _outputStart = 0;
        _outputEnd = Mbap.Write(_output, _transaction, block.Device.Unit, block.Plan.Pdu);
        (_asked, _askedAt, _answerBy) = (block, now, now + _layout.TimeoutMicros);
        // Counted before the bytes can leave, so that counts never lag behind what a peer has seen.
        _health.CountRequest(_outputEnd);
    }

    private void Unanswered(long now)
    {
        var device = _asked!.Device;
        device.Health.CountTimeout();
        Silent(device, "no answer within timeout", Quality.BadTimeout, now);
        var sent = Output.IsEmpty;
        Abandon(Quality.BadTimeout, now);
        _quietUntil = now + _layout.RequestGapMicros;
        if (!sent) Drop("the line takes no bytes", now);
        else if (++_unanswered >= UnansweredLimit && AllSilent()) Drop("three requests in a row were not answered", now);
    }

    // While one device of a gateway answers, its line is good.
    private bool AllSilent()
    {
        foreach (var device in _layout.Devices)
        {
            if (!device.SaidSilent) return false;
        }
        return true;
    }

    private void Malformed(string why, long now)
    {
        if (_asked is { } block)
        {
            block.Device.Health.CountMalformed();
            block.Device.Health.LastError = why;
        }
        Abandon(Quality.BadMalformed, now);
        Drop(why, now);
        Poll(now);
    }

    private void Abandon(Quality reason, long now)
    {
        if (_asked is not { } block) return;
        _asked = null;
        Report(block, now, reason);
    }

    private void Drop(string why, long now)
    {
        (Line, _asked, _unanswered, _inputCount, _outputStart, _outputEnd) = (LineState.Down, null, 0, 0, 0, 0);
        (_openAt, _quietUntil) = (now + _pause.Next(), long.MinValue);
        _health.Connected = false;
        _health.LastError = why;
        foreach (var device in _layout.Devices) device.Health.Online = false;
        if (_saidDown) return;
        _saidDown = true;
        _log.LineDown(_layout.Name, _layout.Host, _layout.Port, why);
    }

    private void Report(PollBlock block, long now, Quality reason)
    {
        foreach (var item in block.Plan.Items) _samples.Add(_layout.Points[item.Key].Slot, now, 0, new RegisterReading(reason, 0, 0));
        _samples.Post();
    }
}
