using EdgeGateway.Modbus.Framing;
using EdgeGateway.Modbus.Pdu;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.Modbus.Polling;

// Half-duplex lines whose frames carry no number: an answer is known by unit, function and length, and by nothing else having been asked for long enough.
internal sealed partial class BusMachine
{
    // USB adapters and serial servers hand bytes over in lumps: a pause within an answer may be this long.
    private const long LumpMicros = 200_000;

    private int _echoLeft;
    private bool _answerBegan;
    private FunctionCode _lastFunction;
    private bool _saidUnasked, _saidForeign;

    private void Listen(OpenRequest request, int bytes)
    {
        _inputCount = 0;
        _answerBegan = false;
        _lastFunction = request.Function;
        _echoLeft = _line.Echo ? bytes : 0;
        request.Allow((long)((bytes + AnswerLength(request)) * _line.ByteMicros));
    }

    private int AnswerLength(OpenRequest request) => _line.FrameLength(request.AnswerLength);

    private void ReceivedBare(long now)
    {
        _quietUntil = Math.Max(_quietUntil, now + _line.SilenceMicros);
        if (_open.Count > 0 && _echoLeft > 0 && !TakeEcho(now)) return;
        if (_open.Count > 0)
        {
            DropHeartbeats(_open[0].Device);
            FindAnswer(_open[0], now);
            if (_open.Count > 0) AwaitRest(_open[0], now);
        }
        if (_open.Count == 0) DropUnasked();
        // A line full of noise must not stop the search.
        if (_inputCount == _input.Length) Discard(_input.Length / 2);
    }

    private bool TakeEcho(long now)
    {
        var count = Math.Min(_echoLeft, _inputCount);
        var expected = _output.AsSpan(_outputEnd - _echoLeft, count);
        if (!_input.AsSpan(0, count).SequenceEqual(expected))
        {
            // The device may have heard it rightly, and answer.
            ExpectLate(_open[0], Quality.BadMalformed, now);
            Damaged("what was sent did not come back: a collision, another master, or an adapter without echo", now);
            return false;
        }
        Discard(count);
        _echoLeft -= count;
        return true;
    }

    // A heartbeat before an answer is neither its beginning nor noise. One that begins like an answer cannot be told from it.
    private void DropHeartbeats(PollDevice device)
    {
        if (_line.Heartbeat.Length == 0 || _line.Heartbeat[0] == device.Unit) return;
        while (Heartbeat(_input.AsSpan(0, _inputCount)) is var beat and not 0 && beat <= _inputCount) Discard(beat);
    }

    // Goes through all whole frames; noise before one, and a beginning that never ends, do not hide it.
    private void FindAnswer(OpenRequest request, long now)
    {
        var kept = -1;
        Span<byte> head = stackalloc byte[BareFraming.HeadLength];
        for (var at = 0; at < _inputCount;)
        {
            var input = _input.AsSpan(at, _inputCount - at);
            var status = _bare!.Scan(input, out var frame);
            if (status == ScanStatus.Done && frame.Unit == request.Device.Unit && request.IsAnsweredBy(frame.Pdu) && request.EndsAt <= _bytesSent)
            {
                // The frame is a view of the input.
                Take(request, frame.Pdu, null, now);
                Discard(at + frame.Length);
                return;
            }
            if (status == ScanStatus.Done && kept < 0)
            {
                _health.CountStray();
                if (!_layout.HasUnit(frame.Unit)) SeeForeign();
                Discard(at + frame.Length);
                at = 0;
                continue;
            }
            if (status != ScanStatus.Done && _bare.TryHead(input, head) && head[0] == request.Device.Unit && request.IsAnsweredBy(head[1..])) _answerBegan = true;
            // What may still become a frame is kept, but the search goes on behind its first byte.
            if (status == ScanStatus.NeedMoreData && kept < 0) kept = at;
            at += _bare.Skip(input);
        }
        if (kept > 0) Discard(kept);
    }

    // An answer that has begun ends soon, or is damaged: no need to wait for the whole time-out. Noise is no beginning, and the answer may come behind it.
    private void AwaitRest(OpenRequest request, long now)
    {
        if (_line.Serial is not null && _answerBegan) request.EndBy(now + LumpMicros + (long)(AnswerLength(request) * _line.ByteMicros));
    }

    // Late replies, second answers and other masters: never a value.
    private void DropUnasked()
    {
        var last = _lastDevice;
        while (_inputCount > 0)
        {
            var input = _input.AsSpan(0, _inputCount);
            if (Heartbeat(input) is var beat and not 0)
            {
                if (beat > input.Length) return;
                Discard(beat);
                continue;
            }
            if (_bare!.IsReadRequest(input, out var length))
            {
                SeeForeign();
                Discard(length);
                continue;
            }
            var status = _bare.Scan(input, out var frame);
            if (status == ScanStatus.NeedMoreData) return;
            if (status == ScanStatus.Done)
            {
                _health.CountStray();
                if (!_layout.HasUnit(frame.Unit)) SeeForeign();
                else if (last is { SaidSilent: false } && frame.Unit == last.Unit && (frame.Pdu[0] & ~ExceptionResponse.Bit) == (byte)_lastFunction) SeeTwin(last);
                Discard(frame.Length);
                continue;
            }
            if (!_saidUnasked && last is { SaidSilent: false })
            {
                _saidUnasked = true;
                _log.Unasked(_layout.Name);
            }
            Discard(_bare.Skip(input));
        }
    }

    // A request that is not ours, or an answer of a unit that nobody here asks.
    private void SeeForeign()
    {
        _health.CountForeign();
        if (_saidForeign) return;
        _saidForeign = true;
        _log.Foreign(_layout.Name);
    }

    private void SeeTwin(PollDevice device)
    {
        device.Health.CountSecondAnswer();
        if (device.SaidTwice) return;
        device.SaidTwice = true;
        device.Health.LastError = "two answers to one request: two devices seem to have this address";
        _log.AnsweredTwice(_layout.Name, device.Name, device.Unit);
    }

    private void Discard(int count)
    {
        _input.AsSpan(count, _inputCount - count).CopyTo(_input);
        _inputCount -= count;
    }
}
