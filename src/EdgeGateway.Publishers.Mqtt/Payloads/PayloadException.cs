namespace EdgeGateway.Publishers.Mqtt.Payloads;

/// <summary>An item that cannot be stated truthfully in JSON; the message is the reason of its rejection.</summary>
internal sealed class PayloadException : Exception
{
    public PayloadException()
    {
    }

    public PayloadException(string message) : base(message)
    {
    }

    public PayloadException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
