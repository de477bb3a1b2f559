namespace EdgeGateway.Pipeline.Publishing;

/// <summary>An order to send a range of the log to one target again.</summary>
/// <param name="Range">What to send.</param>
/// <param name="PerSecond">Items a second at most, so that live data keep their way; above 0.</param>
public sealed record RepublishOrder(LogRange Range, int PerSecond)
{
    /// <summary>Items a second where nobody says otherwise.</summary>
    public const int UsualRate = 50;
}
