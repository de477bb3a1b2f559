using EdgeGateway.Drivers.Modbus.Polling;
using EdgeGateway.Modbus.Pdu;
using EdgeGateway.Pipeline.Writing;

namespace EdgeGateway.Drivers.Modbus.Writing;

/// <summary>One value on its way to a device: first the request that writes, then the one that reads back. Made by any thread, served by the bus thread.</summary>
internal sealed class WriteJob(WritePoint point, PollDevice device, ReadOnlySpan<byte> pdu, ReadRequest readBack, ReadOnlySpan<byte> data, ReadOnlySpan<byte> mask)
{
    private const int Waiting = 0, Taken = 1, Withdrawn = 2;

    private readonly byte[] _pdu = pdu.ToArray(), _data = data.ToArray(), _mask = mask.ToArray(), _readPdu = Written(readBack);
    private readonly TaskCompletionSource<WriteOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state;

    public PollDevice Device => device;

    /// <summary>True once the device has confirmed the write: what is asked now is the value.</summary>
    public bool Confirmed { get; private set; }

    /// <summary>The PDU to be sent next.</summary>
    public ReadOnlySpan<byte> Pdu => Confirmed ? _readPdu : _pdu;

    public FunctionCode Function => (FunctionCode)Pdu[0];

    /// <summary>Bytes of the answer's PDU.</summary>
    public int AnswerLength => Confirmed ? 2 + readBack.DataLength : Function == FunctionCode.MaskWriteRegister ? MaskWrite.Length : WriteSingle.Length;

    /// <summary>What became of it.</summary>
    public Task<WriteOutcome> Outcome => _outcome.Task;

    /// <summary>The bus begins with it; false where the caller has withdrawn it.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    /// <summary>The caller no longer wants it; false where the bus has begun.</summary>
    public bool TryWithdraw() => Interlocked.CompareExchange(ref _state, Withdrawn, Waiting) == Waiting;

    /// <summary>It ends without a value read back.</summary>
    public void Fail(string why) => _outcome.TrySetResult(new WriteOutcome(false, why, null));

    /// <summary>True where an answer is this request's and no other's.</summary>
    public bool Answers(ReadOnlySpan<byte> answer) =>
        ExceptionResponse.IsFor(answer[0], Function) || (answer[0] == (byte)Function && (Confirmed ? answer[1] == readBack.DataLength : answer.Length == AnswerLength));

    /// <summary>Takes an answer.</summary>
    /// <param name="answer">PDU.</param>
    /// <param name="fault">Why it is of no use, or null.</param>
    /// <returns>True where the value is to be read back next; false where the job is over.</returns>
    public bool Take(ReadOnlySpan<byte> answer, string? fault)
    {
        if (Confirmed)
        {
            Compare(answer, fault);
            return false;
        }
        // Some repeat the value they keep instead of the one they were given: what is read back tells.
        ExceptionCode refusal = 0;
        if (fault is null && WriteResponse.Read(answer, _pdu, out refusal) is var wrong and not (PduFault.None or PduFault.Echo)) fault = wrong.Word();
        if (fault is not null) Fail($"{device.Name} answered the write wrongly ({fault}): whether it took the value is not known.");
        else if (refusal != 0) Fail($"{device.Name} refused: {refusal.Word()}. Nothing was written.");
        else Confirmed = true;
        return Confirmed;
    }

    private void Compare(ReadOnlySpan<byte> answer, string? fault)
    {
        ReadResponse response = default;
        if (fault is null && ReadResponse.Read(answer, readBack, out response) is var wrong and not PduFault.None) fault = wrong.Word();
        if (fault is null && response.IsException) fault = response.Exception.Word();
        if (fault is not null)
        {
            Fail($"{device.Name} confirmed the write, but its value could not be read back ({fault}).");
            return;
        }
        // A coil in the form of a register.
        Span<byte> bit = [0, (byte)(response.Data[0] & 1)];
        ReadOnlySpan<byte> got = readBack.Function.IsBits() ? bit : response.Data;
        var same = true;
        for (var i = 0; i < _data.Length; i++) same &= ((got[i] ^ _data[i]) & _mask[i]) == 0;
        var (value, wanted) = (point.Read(got), point.Read(_data));
        _outcome.TrySetResult(same
            ? new WriteOutcome(true, $"{device.Name} took {point.Show(wanted)} and gives it back.", value)
            : new WriteOutcome(false, $"{device.Name} answered the write of {point.Show(wanted)}, but gives back {point.Show(value)}.", value));
    }

    private static byte[] Written(ReadRequest request)
    {
        var bytes = new byte[ReadRequest.Length];
        request.Write(bytes);
        return bytes;
    }
}
