using System.Collections.Concurrent;
using EdgeGateway.Drivers.Modbus.Writing;

namespace EdgeGateway.Drivers.Modbus.Polling;

// Writes go between polls, one at a time, and never twice: what was sent and not answered is told as such.
internal sealed partial class BusMachine
{
    // Null in a gateway that only reads: there is nothing here then that could send a write.
    private readonly ConcurrentQueue<WriteJob>? _writes;
    private WriteJob? _writing;

    private bool Writes => _writes is not null && (_writing is not null || !_writes.IsEmpty);

    /// <summary>Hands a write over; the thread of the bus is to be advanced then. Any thread.</summary>
    public void Write(WriteJob job) => (_writes ?? throw new InvalidOperationException("This gateway does not write.")).Enqueue(job);

    // Serves what waits; true while polls have to wait for it.
    private bool ServeWrites(long now)
    {
        while (_writing is not null || _writes!.TryPeek(out _))
        {
            if (_resting)
            {
                // A line that is closed between polls is opened for it.
                _openAt = Math.Min(_openAt, now);
                return true;
            }
            if (Line == LineState.Up && (_open.Count > 0 || now < WriteAt)) return true;
            if (_writing is null)
            {
                if (!_writes!.TryDequeue(out var job)) return false;
                if (!job.TryTake()) continue;
                if (Line != LineState.Up) job.Fail("There is no connection: nothing was written.");
                else if (now < job.Device.AskAt) job.Fail($"{job.Device.Name} does not answer at present: nothing was written.");
                else _writing = job;
                continue;
            }
            SendWrite(_writing, now);
        }
        return false;
    }

    private long WriteAt => Math.Max(_quietUntil == long.MinValue || _line.TurnaroundMicros == 0 ? _quietUntil : _quietUntil + _line.TurnaroundMicros, _writing?.Device.QuietUntil ?? long.MinValue);

    private void SendWrite(WriteJob job, long now)
    {
        var bytes = Give(job.Device.Unit, job.Pdu);
        var request = Begin(job.Device, now);
        request.Write(job, _transaction, now, now + job.Device.TimeoutMicros, _bytesGiven);
        if (_bare is not null) Listen(request, bytes);
    }

    private void TakeWritten(OpenRequest request, ReadOnlySpan<byte> pdu, string? why, long now)
    {
        var job = request.Job!;
        if (why is not null) job.Device.Health.CountMalformed();
        else
        {
            _health.CountResponse();
            Speaks(job.Device);
        }
        if (!job.Take(pdu, why)) _writing = null;
        Free(request, now);
    }

    private void FailWrite(WriteJob job, string why)
    {
        _writing = null;
        job.Fail(job.Confirmed
            ? $"{job.Device.Name} confirmed the write, but its value could not be read back ({why})."
            : $"{job.Device.Name} did not confirm the write ({why}): whether it took the value is not known.");
    }

    private void FailWrites(string why)
    {
        if (_writing is { } open) FailWrite(open, why);
        while (_writes is not null && _writes.TryDequeue(out var job))
        {
            if (job.TryTake()) job.Fail($"The bus ends ({why}): nothing was written.");
        }
    }
}
