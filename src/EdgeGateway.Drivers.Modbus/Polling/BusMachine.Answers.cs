using EdgeGateway.Modbus.Framing;
using EdgeGateway.Modbus.Pdu;
using EdgeGateway.Modbus.Registers;
using EdgeGateway.Records.Samples;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Drivers.Modbus.Polling;

// What answers mean: values, refusals and the search for the register that is refused, devices that fall silent and speak again.
internal sealed partial class BusMachine
{
    private void Answered(in MbapFrame frame, long now)
    {
        var request = _line.AnyNumber ? Fitting(frame.Unit, frame.Pdu) : _open.Find(frame.Transaction);
        if (request is null)
        {
            _health.CountStray();
            return;
        }
        if (request.EndsAt > _bytesSent)
        {
            Malformed("an answer came before the request was sent", now);
            return;
        }
        var why = _line.AnyUnit || frame.Unit == request.Device.Unit ? null : "its unit identifier is not the request's";
        Take(request, frame.Pdu, why, now);
    }

    // The one open request of a line whose numbers mean nothing, where the answer has its unit, function and length.
    private OpenRequest? Fitting(byte unit, ReadOnlySpan<byte> pdu) =>
        _open.Count == 1 && (_line.AnyUnit || unit == _open[0].Device.Unit) && pdu.Length > 1 && _open[0].IsAnsweredBy(pdu) ? _open[0] : null;

    private void Take(OpenRequest request, ReadOnlySpan<byte> pdu, string? why, long now)
    {
        _unanswered = 0;
        if (request.Block is not { } block)
        {
            TakeWritten(request, pdu, why, now);
            return;
        }
        ReadResponse response = default;
        if (why is null && ReadResponse.Read(pdu, block.Plan.Request, out response) is var fault and not PduFault.None) why = fault.Word();
        if (why is not null)
        {
            block.Device.Health.CountMalformed();
            Trouble(block, why);
            Abandon(request, Quality.BadMalformed, now);
            return;
        }
        _health.CountResponse();
        _pause.Reset();
        if (response.IsException) Refused(request, block, response.Exception, now);
        else Deliver(block, response.Data, request.AskedAt, now);
        Free(request, now);
    }

    private void Deliver(PollBlock block, ReadOnlySpan<byte> data, long askedAt, long now)
    {
        var roundTrip = now - askedAt;
        var time = askedAt + roundTrip / 2;
        var spread = (int)Math.Min(roundTrip, int.MaxValue);
        var bits = block.Plan.Request.Function.IsBits();
        foreach (var item in block.Plan.Items)
        {
            ref readonly var point = ref _layout.Points[item.Key];
            var registers = bits ? Bit(data, item.Offset) : data.Slice(item.Offset, 2 * item.Width);
            _tap?.Invoke(point.Slot, registers);
            _layout.Last.Keep(item.Key, time, registers);
            if (point.Number is { } number) _samples.Add(point.Slot, time, spread, number.Decode(registers));
            else if (point.Text!.Decode(registers) is { } text) _samples.AddText(point.Slot, time, spread, text);
            else _samples.Add(point.Slot, time, spread, new RegisterReading(Quality.BadOutOfRange, 0, 0));
        }
        _samples.Post();
        block.Device.Health.CountGood(now, roundTrip);
        Speaks(block.Device);
        if (block.Trouble is not null) Recovered(block);
    }

    // A coil in the form of a register.
    private ReadOnlySpan<byte> Bit(ReadOnlySpan<byte> data, int at)
    {
        _bit[1] = (byte)((data[at / 8] >> (at % 8)) & 1);
        return _bit;
    }

    private void Refused(OpenRequest request, PollBlock block, ExceptionCode code, long now)
    {
        var device = block.Device;
        device.Health.CountException();
        device.Health.LastError = code.Word();
        if (code is ExceptionCode.GatewayPathUnavailable or ExceptionCode.GatewayTargetSilent)
        {
            // The gateway waited for the dead device, and everybody with it: the same as silence.
            ExpectLate(request, Quality.BadException, now);
            Silent(device, code.Word(), Quality.BadException, now);
            Report(block, now, Quality.BadException);
            return;
        }
        Speaks(device);
        if (code is ExceptionCode.IllegalDataAddress or ExceptionCode.IllegalDataValue)
        {
            // A part whose whole is asked again has nothing more to say.
            if (!block.Retired && block.Plan.TrySplit(out var left, out var right))
            {
                // The halves are due in the same cycle, so no point misses it.
                Retire(block);
                Enter(device, left, block.Origin, block.Cycle);
                Enter(device, right, block.Origin, block.Cycle);
                return;
            }
            block.RefusedPause = block.RefusedPause == 0 ? FirstRefusedPause : Math.Min(2 * block.RefusedPause, LongestRefusedPause);
            block.AskAt = now + block.RefusedPause;
        }
        Trouble(block, code.Word());
        Report(block, now, Quality.BadException);
    }

    // A register that was refused is read again: the device has changed its mind, so its block is tried whole.
    private void Recovered(PollBlock block)
    {
        _log.BlockBack(_layout.Name, block.Device.Name, block.Device.Unit, block.Plan.ToString());
        block.Trouble = null;
        if (block.RefusedPause == 0) return;
        (block.RefusedPause, block.AskAt) = (0, long.MinValue);
        if (block.Plan == block.Origin) return;
        var due = block.Due;
        foreach (var part in block.Device.Blocks)
        {
            if (part.Origin != block.Origin) continue;
            part.Retired = true;
            // A part that was not served yet in this cycle is served by the whole block.
            if (part.Due <= block.Cycle) due = block.Cycle;
        }
        block.Device.Blocks.RemoveAll(static b => b.Retired);
        Enter(block.Device, block.Origin, block.Origin, due);
    }

    private static void Retire(PollBlock block)
    {
        block.Retired = true;
        block.Device.Blocks.Remove(block);
    }

    private void Trouble(PollBlock block, string why)
    {
        block.Device.Health.LastError = why;
        if (block.Trouble == why) return;
        block.Trouble = why;
        _log.BlockTrouble(_layout.Name, block.Device.Name, block.Device.Unit, block.Plan.ToString(), why);
    }

    // A device whose answers are damaged time and again, or at which the line falls, costs everybody as much as one that is silent. A lone one hurts nobody.
    private void Blame(PollDevice device, string why, Quality reason, long now)
    {
        if (_layout.Devices.Length > 1 && device.Disturbs()) Silent(device, why, reason, now);
    }

    private void Silent(PollDevice device, string why, Quality reason, long now)
    {
        device.FellSilent(now, reason, alone: _layout.Devices.Length == 1);
        device.Health.Online = false;
        device.Health.LastError = why;
        if (device.SaidSilent) return;
        device.SaidSilent = true;
        if (reason == Quality.BadTimeout || reason == Quality.BadException) _log.DeviceSilent(_layout.Name, device.Name, device.Unit, why);
        else _log.DeviceDisturbs(_layout.Name, device.Name, device.Unit, why);
    }

    private void Speaks(PollDevice device)
    {
        device.BeAsked();
        if (!device.SaidSilent) return;
        device.SaidSilent = false;
        _log.DeviceBack(_layout.Name, device.Name, device.Unit);
    }
}
