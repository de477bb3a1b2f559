namespace EdgeGateway.Pipeline.Publishing;

/// <summary>An item that cannot be stated truthfully in the target's form; the message is the reason of its rejection.</summary>
public sealed class PayloadException : Exception
{
    /// <summary>For serialisers only.</summary>
    public PayloadException()
    {
    }

    /// <summary>With the reason.</summary>
    public PayloadException(string message) : base(message)
    {
    }

    /// <summary>With the reason and its cause.</summary>
    public PayloadException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
