using EdgeGateway.Modbus.Pdu;

namespace EdgeGateway.Drivers.Modbus.Polling;

/// <summary>A request under way. Owned by the bus machine, and used again and again.</summary>
internal sealed class OpenRequest
{
    public PollDevice Device { get; private set; } = null!;

    /// <summary>What is polled by it.</summary>
    public PollBlock Block { get; private set; } = null!;

    /// <summary>Its number, where frames carry one.</summary>
    public ushort Transaction { get; private set; }

    /// <summary>Function of the request.</summary>
    public FunctionCode Function => Block.Plan.Request.Function;

    /// <summary>When it was handed to the line.</summary>
    public long AskedAt { get; private set; }

    /// <summary>Until when it is waited for.</summary>
    public long AnswerBy { get; set; }

    /// <summary>Place in the stream of all bytes sent at which it ends.</summary>
    public long EndsAt { get; private set; }

    /// <summary>Begins to wait for the answer to a poll.</summary>
    public void Poll(PollBlock block, ushort transaction, long now, long answerBy, long endsAt) =>
        (Device, Block, Transaction, AskedAt, AnswerBy, EndsAt) = (block.Device, block, transaction, now, answerBy, endsAt);
}
