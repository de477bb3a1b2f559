using System.Globalization;
using EdgeGateway.Pipeline.Publishing;
using MQTTnet;

namespace EdgeGateway.Publishers.Mqtt.Sending;

/// <summary>What a PUBACK says of an item (MQTT 5 §3.4.2.1).</summary>
internal static class Acknowledgement
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Accepted also where nobody subscribes just now; retried what may pass; rejected what this broker will never take.</summary>
    public static Outcome OutcomeOf(MqttClientPublishResult answer) => answer.ReasonCode switch
    {
        MqttClientPublishReasonCode.Success or MqttClientPublishReasonCode.NoMatchingSubscribers => Outcome.Accepted,
        MqttClientPublishReasonCode.QuotaExceeded => Retry("the broker's quota is exceeded", answer),
        MqttClientPublishReasonCode.PacketIdentifierInUse => Retry("the packet identifier is still in use", answer),
        MqttClientPublishReasonCode.UnspecifiedError or MqttClientPublishReasonCode.ImplementationSpecificError => Retry("the broker failed", answer),
        MqttClientPublishReasonCode.NotAuthorized => Rejected("no right to publish to this topic; check the broker's access list", answer),
        MqttClientPublishReasonCode.TopicNameInvalid => Rejected("the broker does not accept the topic", answer),
        MqttClientPublishReasonCode.PayloadFormatInvalid => Rejected("the broker does not accept the payload", answer),
        // An unknown code of 0x80 and above is a failure; nothing says that it is for ever.
        _ => (int)answer.ReasonCode < 0x80 ? Outcome.Accepted : Retry("the broker gave an unknown reason", answer),
    };

    /// <summary>The outcome of an item with several messages: what is to be retried comes before what is rejected, so that nothing is set aside of which a part is still due.</summary>
    public static Outcome Worse(Outcome a, Outcome b) => Rank(b.Kind) > Rank(a.Kind) ? b : a;

    private static int Rank(OutcomeKind kind) => kind switch { OutcomeKind.Accepted => 0, OutcomeKind.Rejected => 1, _ => 2 };

    private static Outcome Retry(string what, MqttClientPublishResult answer) => new(OutcomeKind.Retry, Pause, Text(what, answer));

    private static Outcome Rejected(string what, MqttClientPublishResult answer) => new(OutcomeKind.Rejected, default, Text(what, answer));

    private static string Text(string what, MqttClientPublishResult answer) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} (MQTT reason 0x{(int)answer.ReasonCode:X2}{(string.IsNullOrEmpty(answer.ReasonString) ? "" : ": " + answer.ReasonString)})");
}
