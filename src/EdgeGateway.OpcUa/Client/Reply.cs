using EdgeGateway.OpcUa.Encoding;

namespace EdgeGateway.OpcUa.Client;

/// <summary>How a request ended.</summary>
/// <param name="Status">Good where the service answered; else its fault, or BadTimeout, BadSecureChannelClosed, BadRequestTooLarge of this client.</param>
/// <param name="TypeId">Number of the answer's encoding; 0 without one.</param>
/// <param name="Tag">What the caller gave with the request.</param>
/// <param name="SentAt">When it was sent.</param>
/// <param name="ReceivedAt">When it ended; the same clock.</param>
/// <param name="ServerTime">When the server answered by its own clock, UTC microseconds; none without an answer.</param>
public readonly record struct Reply(StatusCode Status, uint TypeId, int Tag, long SentAt, long ReceivedAt, long ServerTime = UaTime.None);

/// <summary>Receives the end of requests, each exactly once, inside Receive, Advance or Close of the channel.</summary>
public interface IReplyHandler
{
    /// <summary>A request ended.</summary>
    /// <param name="reply">How.</param>
    /// <param name="body">The answer's body behind its header; empty without one. Lives as long as the call.</param>
    void OnReply(in Reply reply, ref UaReader body);
}
