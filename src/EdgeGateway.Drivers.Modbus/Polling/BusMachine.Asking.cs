using EdgeGateway.Modbus.Framing;
using EdgeGateway.Modbus.Registers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.Modbus.Polling;

// A request from its beginning to its end: answered, given up, or lost with its line.
internal sealed partial class BusMachine
{
    private void Ask(PollBlock block, long now)
    {
        var bytes = Give(block.Device.Unit, block.Plan.Pdu);
        var request = Begin(block.Device, now);
        request.Poll(block, _transaction, now, now + block.Device.TimeoutMicros, _bytesGiven);
        if (_bare is not null) Listen(request, bytes);
    }

    // Puts a frame behind what is still to be sent.
    private int Give(byte unit, ReadOnlySpan<byte> pdu)
    {
        if (_outputStart > 0)
        {
            _output.AsSpan(_outputStart, _outputEnd - _outputStart).CopyTo(_output);
            (_outputStart, _outputEnd) = (0, _outputEnd - _outputStart);
        }
        var space = _output.AsSpan(_outputEnd);
        var bytes = _bare?.Write(space, unit, pdu) ?? Mbap.Write(space, ++_transaction, unit, pdu);
        _outputEnd += bytes;
        _bytesGiven += bytes;
        // Counted before the bytes can leave, so that counts never lag behind what a peer has seen.
        _health.CountRequest(bytes);
        return bytes;
    }

    private OpenRequest Begin(PollDevice device, long now)
    {
        _lastDevice = device;
        if (_open.Count == 0) _busySince = now;
        return _open.Add();
    }

    // Until when the line must be quiet before the block is asked for.
    private long QuietUntil(PollBlock block) => block.Device == _lastDevice || _quietUntil == long.MinValue ? _quietUntil : _quietUntil + _line.TurnaroundMicros;

    // The request is over: the next one waits as long as the devices need, and its block for its next cycle.
    private void Free(OpenRequest request, long now)
    {
        _open.Remove(request);
        request.Device.Rest(now);
        var silence = Math.Max(_line.RequestGapMicros, _line.SilenceMicros);
        _quietUntil = now + silence;
        if (_open.Count == 0) _health.CountBusy(now - _busySince + silence, now);
        if (request.Block is { Retired: false } block) _queue.Enqueue(block, new DueKey(block.Due, block.Order));
    }

    private void Unanswered(OpenRequest request, long now)
    {
        var device = request.Device;
        if (_bare is not null && _inputCount > 0 && Output.IsEmpty)
        {
            if (!_answerBegan) ExpectLate(request, Quality.BadMalformed, now);
            Damaged("its bytes are damaged: no checksum fits", now);
            return;
        }
        device.Health.CountTimeout();
        ExpectLate(request, Quality.BadTimeout, now);
        Silent(device, "no answer within timeout", Quality.BadTimeout, now);
        var sent = request.EndsAt <= _bytesSent;
        Abandon(request, Quality.BadTimeout, now);
        if (!sent) Drop("the line takes no bytes", Quality.BadDisconnected, now, _line.DialsIn);
        else if (++_unanswered >= UnansweredLimit + _line.Outstanding - 1 && AllSilent()) Drop($"{_unanswered} requests in a row were not answered", Quality.BadDisconnected, now, _line.DialsIn);
    }

    // Without numbers, a reply that comes late looks like that of the next request: whoever's it could be taken for waits until none can come. Devices of the map may be parts of one.
    private void ExpectLate(OpenRequest request, Quality reason, long now)
    {
        if (_bare is not null || _line.AnyNumber) ExpectLate(request.Device, Math.Max(request.LateBy, now), reason);
    }

    private void ExpectLate(PollDevice device, long until, Quality reason)
    {
        device.MayAnswer(until, reason);
        foreach (var other in _layout.Devices)
        {
            if (other != device && (other.Unit == device.Unit || _line.AnyUnit)) other.GiveWay(until);
        }
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

    private void Abandon(OpenRequest request, Quality reason, long now)
    {
        var (block, job) = (request.Block, request.Job);
        Free(request, now);
        if (block is not null) Report(block, now, reason);
        else FailWrite(job!, reason.Word());
    }

    // Again: at once, without a pause, where nothing is knocked at but a device is waited for.
    private void Drop(string why, Quality reason, long now, bool again = false)
    {
        while (_open.Count > 0)
        {
            // A gateway may hand it to the new connection.
            ExpectLate(_open[0], reason, now);
            Abandon(_open[0], reason, now);
        }
        (Line, _unanswered, _inputCount, _outputStart, _outputEnd, _bytesSent) = (LineState.Down, 0, 0, 0, 0, _bytesGiven);
        (_openAt, _quietUntil) = (again ? now : now + _pause.Next(), long.MinValue);
        _resting = _saidConnected = false;
        _health.Connected = false;
        _health.LastError = why;
        foreach (var device in _layout.Devices) device.Health.Online = false;
        if (_saidDown) return;
        _saidDown = true;
        _log.LineDown(_layout.Name, _line.Place, why, _line.Hint);
    }

    private void Report(PollBlock block, long now, Quality reason)
    {
        foreach (var item in block.Plan.Items) _samples.Add(_layout.Points[item.Key].Slot, now, 0, new RegisterReading(reason, 0, 0));
        _samples.Post();
    }
}
