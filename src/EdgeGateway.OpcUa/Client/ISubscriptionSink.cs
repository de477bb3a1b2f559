using EdgeGateway.OpcUa.Encoding;

namespace EdgeGateway.OpcUa.Client;

/// <summary>Receives what a subscription brings, inside calls of its client, in the order of the server's messages.</summary>
public interface ISubscriptionSink
{
    /// <summary>A message begins; its values follow.</summary>
    /// <param name="publishTime">When the server made it, UTC microseconds of its clock; none where it was fetched once more or held back, so that it says nothing of the server's present time.</param>
    void OnMessage(long publishTime);

    /// <summary>A value.</summary>
    /// <param name="item">Index of the item.</param>
    /// <param name="value">The value.</param>
    /// <param name="message">What the value's offsets refer to; lives as long as the call.</param>
    void OnValue(int item, in DataValue value, ReadOnlySpan<byte> message);

    /// <summary>The server has nothing more to tell up to <paramref name="publishTime"/> (UTC microseconds of its clock): what was not told has not changed.</summary>
    void OnAlive(long publishTime);

    /// <summary>Messages are lost for good: values may have been missed.</summary>
    void OnGap();

    /// <summary>An item was created, or failed; it is retried by itself.</summary>
    void OnItem(int item, StatusCode status);
}
