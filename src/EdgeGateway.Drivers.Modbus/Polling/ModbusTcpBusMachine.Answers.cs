using EdgeGateway.Modbus.Framing;
using EdgeGateway.Modbus.Pdu;
using EdgeGateway.Records.Samples;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Drivers.Modbus.Polling;

// What answers mean: values, refusals and the search for the register that is refused, devices that fall silent and speak again.
internal sealed partial class ModbusTcpBusMachine
{
    private void Answered(in MbapFrame frame, long now)
    {
        if (_asked is not { } block || frame.Transaction != _transaction)
        {
            _health.CountStray();
            return;
        }
        if (!Output.IsEmpty)
        {
            Malformed("an answer came before the request was sent", now);
            return;
        }
        var device = block.Device;
        var why = "";
        ReadResponse response = default;
        if (frame.Unit != device.Unit) why = "its unit identifier is not the request's";
        else if (ReadResponse.Read(frame.Pdu, block.Plan.Request, out response) is var fault and not PduFault.None) why = fault.Word();
        (_asked, _unanswered, _quietUntil) = (null, 0, now + _layout.RequestGapMicros);
        if (why.Length > 0)
        {
            device.Health.CountMalformed();
            Trouble(block, why);
            Report(block, now, Quality.BadMalformed);
            return;
        }
        _health.CountResponse();
        _pause.Reset();
        if (response.IsException) Refused(block, response.Exception, now);
        else Deliver(block, response.Data, now);
    }

    private void Deliver(PollBlock block, ReadOnlySpan<byte> data, long now)
    {
        var roundTrip = now - _askedAt;
        var time = _askedAt + roundTrip / 2;
        var spread = (int)Math.Min(roundTrip, int.MaxValue);
        foreach (var item in block.Plan.Items)
        {
            ref readonly var point = ref _layout.Points[item.Key];
            var registers = data.Slice(item.Offset, 2 * item.Width);
            _tap?.Invoke(point.Slot, registers);
            _samples.Add(point.Slot, time, spread, point.Decoder.Decode(registers));
        }
        _samples.Post();
        block.Device.Health.CountGood(now, roundTrip);
        Speaks(block.Device);
        if (block.Trouble is not null) Recovered(block);
    }

    private void Refused(PollBlock block, ExceptionCode code, long now)
    {
        var device = block.Device;
        device.Health.CountException();
        device.Health.LastError = code.Word();
        if (code is ExceptionCode.GatewayPathUnavailable or ExceptionCode.GatewayTargetSilent)
        {
            // The gateway waited for the dead device, and everybody with it: the same as silence.
            Silent(device, code.Word(), Quality.BadException, now);
            Report(block, now, Quality.BadException);
            return;
        }
        Speaks(device);
        if (code is ExceptionCode.IllegalDataAddress or ExceptionCode.IllegalDataValue)
        {
            if (block.Plan.TrySplit(out var left, out var right))
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

    private void Silent(PollDevice device, string why, Quality reason, long now)
    {
        device.FellSilent(now, reason, alone: _layout.Devices.Length == 1);
        device.Health.Online = false;
        device.Health.LastError = why;
        if (device.SaidSilent) return;
        device.SaidSilent = true;
        _log.DeviceSilent(_layout.Name, device.Name, device.Unit, why);
    }

    private void Speaks(PollDevice device)
    {
        device.BeAsked();
        if (!device.SaidSilent) return;
        device.SaidSilent = false;
        _log.DeviceBack(_layout.Name, device.Name, device.Unit);
    }
}
