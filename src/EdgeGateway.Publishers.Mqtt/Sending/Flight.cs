using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Publishers.Mqtt.Payloads;
using MQTTnet;

namespace EdgeGateway.Publishers.Mqtt.Sending;

/// <summary>One message under way and the buffer it is sent from, which stays untouched until its acknowledgement.</summary>
internal sealed class Flight : IDisposable
{
    /// <summary>Its payload's buffer.</summary>
    public JsonBuffer Json { get; } = new();

    /// <summary>Indexes in the batch of the first and the last item that it carries something of.</summary>
    public (int First, int Last) Items { get; set; }

    /// <summary>Items of which nothing follows any more, first and last; null where more of them follows.</summary>
    public (int First, int Last)? Whole { get; set; }

    /// <summary>Its acknowledgement to come; null where the outcome is known without sending.</summary>
    public Task<MqttClientPublishResult>? Ack { get; set; }

    /// <summary>The outcome where nothing was sent.</summary>
    public Outcome Known { get; set; }

    public void Dispose() => Json.Dispose();
}
