using EdgeGateway.Modbus.Framing;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.Modbus.Polling;

// Lines whose frames carry their request's number: a stream that cannot be followed is given up.
internal sealed partial class BusMachine
{
    private void ReceivedNumbered(long now)
    {
        var start = 0;
        while (Line == LineState.Up)
        {
            var input = _input.AsSpan(start, _inputCount - start);
            if (Heartbeat(input) is var beat and not 0)
            {
                if (beat > input.Length) break;
                start += beat;
                continue;
            }
            var status = Mbap.Scan(input, out var frame, out var fault);
            if (status == ScanStatus.NeedMoreData && !(_line.Datagrams && start < _inputCount)) break;
            if (status != ScanStatus.Done)
            {
                Malformed(status == ScanStatus.Malformed ? fault.Word() : "it ends within a datagram", now);
                return;
            }
            start += frame.Length;
            Answered(frame, now);
        }
        if (Line != LineState.Up || start == 0) return;
        _input.AsSpan(start, _inputCount - start).CopyTo(_input);
        _inputCount -= start;
    }

    private void Malformed(string why, long now)
    {
        if (_line.Datagrams)
        {
            // The next datagram begins anew. This one need not have been the answer.
            if (_open.Count == 1) ExpectLate(_open[0], Quality.BadMalformed, now);
            Damaged(why, now);
            return;
        }
        if (_open.Count > 0)
        {
            _open[0].Device.Health.CountMalformed();
            _open[0].Device.Health.LastError = why;
            if (_open.Count == 1) Blame(_open[0].Device, why, Quality.BadMalformed, now);
        }
        Drop(why, Quality.BadMalformed, now, _line.DialsIn);
    }

    // What came is of no use, and the line goes on. Which request it was meant for is known where only one is open.
    private void Damaged(string why, long now)
    {
        _inputCount = 0;
        if (_open.Count != 1)
        {
            _health.CountStray();
            return;
        }
        var request = _open[0];
        request.Device.Health.CountMalformed();
        if (request.Block is { } block) Trouble(block, why);
        Blame(request.Device, why, Quality.BadMalformed, now);
        _unanswered = 0;
        Abandon(request, Quality.BadMalformed, now);
    }

    // Bytes of a heartbeat at the start of the input; more than there are where it may still become one; 0 where it is none.
    private int Heartbeat(ReadOnlySpan<byte> input)
    {
        var beat = _line.Heartbeat.AsSpan();
        if (beat.IsEmpty || input.IsEmpty) return 0;
        if (!input.StartsWith(beat)) return input.Length < beat.Length && beat.StartsWith(input) ? beat.Length : 0;
        _health.CountHeartbeat();
        return beat.Length;
    }
}
