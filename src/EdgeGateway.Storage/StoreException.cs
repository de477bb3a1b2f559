namespace EdgeGateway.Storage;

/// <summary>The store cannot do what was asked; the message says what, where and what to do, fit for an operator.</summary>
public sealed class StoreException : Exception
{
    /// <summary>For serialisers only.</summary>
    public StoreException()
    {
    }

    /// <summary>With its message.</summary>
    public StoreException(string message) : base(message)
    {
    }

    /// <summary>With its cause.</summary>
    public StoreException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
