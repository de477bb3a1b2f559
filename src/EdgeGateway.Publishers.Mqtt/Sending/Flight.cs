using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Publishers.Mqtt.Payloads;
using MQTTnet;

namespace EdgeGateway.Publishers.Mqtt.Sending;

/// <summary>One message under way and the buffer it is sent from, which stays untouched until its acknowledgement.</summary>
internal sealed class Flight : IDisposable
{
    /// <summary>Its payload's buffer.</summary>
    public JsonBuffer Json { get; } = new();

    /// <summary>Index of its item in the batch.</summary>
    public int Item { get; set; }

    /// <summary>True for the last message of its item.</summary>
    public bool Last { get; set; }

    /// <summary>Its acknowledgement to come; null where the outcome is known without sending.</summary>
    public Task<MqttClientPublishResult>? Ack { get; set; }

    /// <summary>The outcome where nothing was sent.</summary>
    public Outcome Known { get; set; }

    public void Dispose() => Json.Dispose();
}
