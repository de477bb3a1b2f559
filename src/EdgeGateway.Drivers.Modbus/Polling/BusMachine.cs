using System.Collections.Concurrent;
using EdgeGateway.Drivers.Modbus.Writing;
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

/// <summary>A Modbus bus without its line: it says what to send and until when to wait, takes bytes and time, and hands samples over.</summary>
/// <remarks>
/// One request is outstanding at a time, or as many as the map allows where frames carry a number. Times are microseconds of the gateway's stamp clock, handed in. After every call the owner brings the line to <see cref="Line"/>,
/// sends <see cref="Output"/>, and calls <see cref="Advance"/> at <see cref="Deadline"/>. Not thread-safe; allocates nothing while its devices answer.
/// Sources: MODBUS Messaging on TCP/IP Implementation Guide V1.0b, 4; MODBUS over Serial Line V1.02, 2.4.
/// </remarks>
internal sealed partial class BusMachine
{
    private const int UnansweredLimit = 3;
    private const long ShortestRestMicros = 100_000;
    private const long FirstRefusedPause = 10_000_000, LongestRefusedPause = 600_000_000;

    private readonly BusLayout _layout;
    private readonly LineSettings _line;
    private readonly BareFraming? _bare;
    private readonly BusHealth _health;
    private readonly SampleWriter _samples;
    private readonly ReconnectPause _pause;
    private readonly ILogger _log;
    private readonly RegisterTap? _tap;
    private readonly PriorityQueue<PollBlock, DueKey> _queue = new();
    private readonly OpenRequests _open;
    private readonly byte[] _output, _input;
    private readonly byte[] _bit = new byte[2];
    private int _outputStart, _outputEnd, _inputCount, _blocks, _unanswered;
    private PollDevice? _lastDevice;
    private ushort _transaction;
    private long _bytesGiven, _bytesSent, _busySince, _quietUntil = long.MinValue, _openAt = long.MinValue, _openBy;
    private bool _started, _saidDown, _saidConnected, _resting;

    public BusMachine(BusLayout layout, ISampleSink sink, Func<double> random, ILogger log, RegisterTap? tap = null, bool writes = false)
    {
        (_layout, _line, _bare, _health, _log, _tap) = (layout, layout.Line, layout.Line.Bare, layout.Health, log, tap);
        _open = new OpenRequests(_line.Outstanding);
        _output = new byte[_bare?.MaxFrame ?? _line.Outstanding * Mbap.MaxFrame];
        // A stream of numbered frames never holds more than the answers to what was asked, and the beginning of one more; only there are hundreds of lines usual.
        var answers = 2 * _line.Outstanding * Mbap.MaxFrame;
        _input = new byte[_bare is null && !_line.Datagrams && !_line.DialsIn ? answers : Math.Max(4 * AsciiFrame.MaxFrame, answers)];
        _samples = new SampleWriter(sink, _health);
        _pause = new ReconnectPause(random);
        if (writes) _writes = new ConcurrentQueue<WriteJob>();
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
            var line = Line switch
            {
                LineState.Down => _openAt,
                LineState.Opening => _openBy,
                _ => _open.AnswerBy,
            };
            if (Writes && Line == LineState.Up) return _open.Count > 0 ? line : WriteAt;
            if (_open.IsFull || _resting || !_queue.TryPeek(out var block, out var first)) return line;
            return Math.Min(line, Line == LineState.Up ? Math.Max(first.Due, QuietUntil(block)) : first.Due);
        }
    }

    /// <summary>True while requests are under way and all their bytes are sent: then nothing but an answer is waited for until <see cref="Deadline"/>.</summary>
    public bool Awaits => Line == LineState.Up && _open.Count > 0 && _outputStart == _outputEnd;

    /// <summary>Bytes of <see cref="Output"/> were sent.</summary>
    public void Sent(int count)
    {
        _outputStart += count;
        _bytesSent += count;
    }

    /// <summary>Time went on.</summary>
    public void Advance(long now)
    {
        if (Line == LineState.Down && now >= _openAt)
        {
            Line = LineState.Opening;
            _openBy = now + _line.ConnectTimeoutMicros;
        }
        else if (Line == LineState.Opening && now >= _openBy)
        {
            Start(now);
            Drop(_line.NotOpened, Quality.BadDisconnected, now, again: _line.DialsIn);
        }
        else
        {
            while (_open.FindUnanswered(now) is { } request) Unanswered(request, now);
        }
        Poll(now);
    }

    /// <summary>The connection stands.</summary>
    public void Opened(long now)
    {
        Line = LineState.Up;
        _health.Connected = true;
        _health.CountConnect();
        _saidDown = _resting = false;
        var settle = Math.Max(_line.SettleMicros, _bare is null ? 0 : _line.SilenceMicros);
        if (settle > 0) _quietUntil = now + settle;
        foreach (var device in _layout.Devices) device.BeTried();
        if (!_saidConnected) _log.Connected(_layout.Name, _line.Place);
        _saidConnected = true;
        Start(now);
        Poll(now);
    }

    /// <summary>The connection could not be made.</summary>
    public void OpenFailed(string why, long now)
    {
        Start(now);
        Drop(why, Quality.BadDisconnected, now);
        Poll(now);
    }

    /// <summary>The connection is gone.</summary>
    public void Lost(string why, long now)
    {
        if (_open.Count == 1) Blame(_open[0].Device, why, Quality.BadDisconnected, now);
        Drop(why, Quality.BadDisconnected, now, again: _line.DialsIn);
        Poll(now);
    }

    /// <summary>Nothing more is wanted; the line is closed without another sample.</summary>
    public void Stop()
    {
        Line = LineState.Down;
        _health.Connected = false;
        FailWrites("it was stopped");
    }

    /// <summary>The first <paramref name="count"/> bytes of <see cref="Space"/> were received.</summary>
    public void Received(int count, long now)
    {
        _health.CountReceived(count);
        _inputCount += count;
        if (_bare is null) ReceivedNumbered(now);
        else ReceivedBare(now);
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
        if (Writes && ServeWrites(now)) return;
        while (!_resting && _queue.TryPeek(out var block, out var key) && key.Due <= now)
        {
            if (block.Retired)
            {
                _queue.Dequeue();
                continue;
            }
            if (Line == LineState.Up)
            {
                if (_open.IsFull) return;
                if (now < block.Device.QuietUntil)
                {
                    // It gives way to others until it is ready.
                    _queue.DequeueEnqueue(block, new DueKey(block.Device.TakeTurn(), block.Order));
                    continue;
                }
                if (now < QuietUntil(block)) return;
                if (now >= block.Device.AskAt && now >= block.AskAt)
                {
                    // It comes back into the queue when its answer came, or was given up.
                    _queue.Dequeue();
                    Reschedule(block, now);
                    Ask(block, now);
                    continue;
                }
            }
            Reschedule(block, now);
            _queue.DequeueEnqueue(block, new DueKey(block.Due, block.Order));
            Report(block, now, Line != LineState.Up ? Quality.BadDisconnected : now < block.Device.AskAt ? block.Device.Reason : Quality.BadException);
        }
        if (_line.ClosesWhenIdle) Rest(now);
    }

    private void Reschedule(PollBlock block, long now)
    {
        var period = block.Plan.PeriodMicros;
        block.Cycle = block.Due;
        block.Due += period;
        if (block.Due > now) return;
        var missed = (now - block.Due) / period + 1;
        block.Due += missed * period;
        _health.CountSkipped(missed);
        block.Device.Health.CountSkipped(missed);
    }

    // For devices that serve one client alone: others get their turn between the polls.
    private void Rest(long now)
    {
        if (Line != LineState.Up || _open.Count > 0 || !_queue.TryPeek(out _, out var next) || next.Due - now < ShortestRestMicros) return;
        (Line, _openAt, _resting, _quietUntil, _inputCount) = (LineState.Down, next.Due, true, long.MinValue, 0);
        _health.Connected = false;
    }
}
