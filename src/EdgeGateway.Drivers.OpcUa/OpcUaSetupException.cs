namespace EdgeGateway.Drivers.OpcUa;

/// <summary>A connection cannot even be tried: options contradict each other, or a certificate or key file cannot be read or written. The message says which and what mends it.</summary>
public sealed class OpcUaSetupException : Exception
{
    /// <summary>With words for people.</summary>
    public OpcUaSetupException(string message)
        : base(message)
    {
    }

    /// <summary>With words for people and the cause.</summary>
    public OpcUaSetupException(string message, Exception cause)
        : base(message, cause)
    {
    }

    /// <summary>Without words; for serializers.</summary>
    public OpcUaSetupException()
    {
    }
}
