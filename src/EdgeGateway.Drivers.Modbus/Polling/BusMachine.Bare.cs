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
    private bool _saidUnasked;

    private void Listen(PollBlock block, long now)
    {
        _inputCount = 0;
        _echoLeft = _line.Echo ? _outputEnd : 0;
        var answer = _line.FrameLength(2 + block.Plan.Request.DataLength);
        _answerBy = now + _line.TimeoutMicros + (long)((_outputEnd + answer) * _line.ByteMicros);
    }

    private void ReceivedBare(long now)
    {
        _quietUntil = Math.Max(_quietUntil, now + _line.SilenceMicros);
        if (_asked is not null && _echoLeft > 0 && !TakeEcho(now)) return;
        if (_asked is { } block)
        {
            FindAnswer(block, now);
            if (_asked is not null) AwaitRest(block, now);
        }
        if (_asked is null) DropUnasked();
        // A line full of noise must not stop the search.
        if (_inputCount == _input.Length) Discard(_input.Length / 2);
    }

    private bool TakeEcho(long now)
    {
        var count = Math.Min(_echoLeft, _inputCount);
        var expected = _output.AsSpan(_outputEnd - _echoLeft, count);
        if (!_input.AsSpan(0, count).SequenceEqual(expected))
        {
            Damaged("what was sent did not come back: a collision, another master, or an adapter without echo", now);
            return false;
        }
        Discard(count);
        _echoLeft -= count;
        return true;
    }

    // Goes through all whole frames; noise before one, and a beginning that never ends, do not hide it.
    private void FindAnswer(PollBlock block, long now)
    {
        var kept = -1;
        for (var at = 0; at < _inputCount;)
        {
            var input = _input.AsSpan(at, _inputCount - at);
            var status = _bare!.Scan(input, out var frame);
            if (status == ScanStatus.Done && Answers(block, frame))
            {
                // The frame is a view of the input.
                Take(block, frame.Pdu, null, now);
                Discard(at + frame.Length);
                return;
            }
            if (status == ScanStatus.Done && kept < 0)
            {
                _health.CountStray();
                Discard(at + frame.Length);
                at = 0;
                continue;
            }
            // What may still become a frame is kept, but the search goes on behind its first byte.
            if (status == ScanStatus.NeedMoreData && kept < 0) kept = at;
            at += _bare.Skip(input);
        }
        if (kept > 0) Discard(kept);
    }

    private static bool Answers(PollBlock block, in SerialFrame frame)
    {
        if (frame.Unit != block.Device.Unit) return false;
        var request = block.Plan.Request;
        return ExceptionResponse.IsFor(frame.Pdu[0], request.Function) || (frame.Pdu[0] == (byte)request.Function && frame.Pdu[1] == request.DataLength);
    }

    // An answer that has begun ends soon, or is damaged: no need to wait for the whole time-out.
    private void AwaitRest(PollBlock block, long now)
    {
        if (_line.Serial is null || _inputCount == 0) return;
        var answer = _line.FrameLength(2 + block.Plan.Request.DataLength);
        _answerBy = Math.Min(_answerBy, now + LumpMicros + (long)(answer * _line.ByteMicros));
    }

    // Late replies, second answers and other masters: never a value.
    private void DropUnasked()
    {
        var last = _lastDevice;
        while (_inputCount > 0)
        {
            var input = _input.AsSpan(0, _inputCount);
            var status = _bare!.Scan(input, out var frame);
            if (status == ScanStatus.NeedMoreData) return;
            if (status == ScanStatus.Done)
            {
                _health.CountStray();
                if (last is { SaidSilent: false, SaidTwice: false } && frame.Unit == last.Unit)
                {
                    last.SaidTwice = true;
                    last.Health.LastError = "two answers to one request: two devices seem to have this address";
                    _log.AnsweredTwice(_layout.Name, last.Name, last.Unit);
                }
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

    private void Discard(int count)
    {
        _input.AsSpan(count, _inputCount - count).CopyTo(_input);
        _inputCount -= count;
    }
}
