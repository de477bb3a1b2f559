using EdgeGateway.Drivers.Modbus.Writing;
using EdgeGateway.Modbus.Pdu;

namespace EdgeGateway.Drivers.Modbus.Polling;

/// <summary>A request under way: a poll or a step of a write. Owned by the bus machine, and used again and again.</summary>
internal sealed class OpenRequest
{
    public PollDevice Device { get; private set; } = null!;

    /// <summary>What is polled by it, or null.</summary>
    public PollBlock? Block { get; private set; }

    /// <summary>What is written by it, or null.</summary>
    public WriteJob? Job { get; private set; }

    /// <summary>Its number, where frames carry one.</summary>
    public ushort Transaction { get; private set; }

    /// <summary>Function of the request.</summary>
    public FunctionCode Function => Block?.Plan.Request.Function ?? Job!.Function;

    /// <summary>Bytes of the answer's PDU.</summary>
    public int AnswerLength => Block is { } block ? 2 + block.Plan.Request.DataLength : Job!.AnswerLength;

    /// <summary>When it was handed to the line.</summary>
    public long AskedAt { get; private set; }

    /// <summary>Until when it is waited for.</summary>
    public long AnswerBy { get; private set; }

    /// <summary>Until when an answer may still come, given up or not.</summary>
    public long LateBy { get; private set; }

    /// <summary>Place in the stream of all bytes sent at which it ends.</summary>
    public long EndsAt { get; private set; }

    /// <summary>Begins to wait for the answer to a poll.</summary>
    public void Poll(PollBlock block, ushort transaction, long now, long answerBy, long endsAt) =>
        (Device, Block, Job, Transaction, AskedAt, AnswerBy, LateBy, EndsAt) = (block.Device, block, null, transaction, now, answerBy, answerBy + block.Device.TimeoutMicros, endsAt);

    /// <summary>Begins to wait for the answer to a step of a write.</summary>
    public void Write(WriteJob job, ushort transaction, long now, long answerBy, long endsAt) =>
        (Device, Block, Job, Transaction, AskedAt, AnswerBy, LateBy, EndsAt) = (job.Device, null, job, transaction, now, answerBy, answerBy + job.Device.TimeoutMicros, endsAt);

    /// <summary>It takes so much longer, for its bytes alone.</summary>
    public void Allow(long micros) => (AnswerBy, LateBy) = (AnswerBy + micros, LateBy + micros);

    /// <summary>Its answer has begun, and ends by then or never.</summary>
    public void EndBy(long time) => AnswerBy = Math.Min(AnswerBy, time);

    /// <summary>True where an answer has the function and length of this request's; it has two bytes at least.</summary>
    public bool IsAnsweredBy(ReadOnlySpan<byte> pdu)
    {
        if (Block is not { } block) return Job!.Answers(pdu);
        var request = block.Plan.Request;
        return ExceptionResponse.IsFor(pdu[0], request.Function) || (pdu[0] == (byte)request.Function && pdu[1] == request.DataLength);
    }
}
