namespace EdgeGateway.FirmwareSim.Time;

/// <summary>The clock could not move: someone was not quiet, or something stayed under way.</summary>
public sealed class LockStepStallException : Exception
{
    /// <summary>An unnamed stall.</summary>
    public LockStepStallException()
    {
    }

    /// <summary>Says who.</summary>
    public LockStepStallException(string message)
        : base(message)
    {
    }

    /// <summary>Says who, and why.</summary>
    public LockStepStallException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
