namespace EdgeGateway.Drivers.OpcUa.Certificates;

/// <summary>A certificate or key file cannot be read or written; the message says which and what mends it.</summary>
public sealed class CertificateFileException : Exception
{
    /// <summary>With words for people.</summary>
    public CertificateFileException(string message)
        : base(message)
    {
    }

    /// <summary>With words for people and the cause.</summary>
    public CertificateFileException(string message, Exception cause)
        : base(message, cause)
    {
    }

    /// <summary>Without words; for serializers.</summary>
    public CertificateFileException()
    {
    }
}
