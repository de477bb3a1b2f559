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
            var status = Mbap.Scan(_input.AsSpan(start, _inputCount - start), out var frame, out var fault);
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
            // The next datagram begins anew.
            Damaged(why, now);
            return;
        }
        if (_asked is { } block)
        {
            block.Device.Health.CountMalformed();
            block.Device.Health.LastError = why;
        }
        Abandon(Quality.BadMalformed, now);
        Drop(why, now);
    }

    // What came is of no use, and the line goes on.
    private void Damaged(string why, long now)
    {
        _inputCount = 0;
        if (_asked is not { } block)
        {
            _health.CountStray();
            return;
        }
        block.Device.Health.CountMalformed();
        Trouble(block, why);
        _unanswered = 0;
        Abandon(Quality.BadMalformed, now);
    }
}
