namespace EdgeGateway.Pipeline.Control;

/// <summary>What came of it.</summary>
/// <param name="Ok">True where it was done.</param>
/// <param name="Lines">What to tell the caller: for a refusal, what is wrong and what to do.</param>
public sealed record ControlReply(bool Ok, IReadOnlyList<string> Lines)
{
    /// <summary>It was done.</summary>
    public static ControlReply Done(params string[] lines) => new(true, lines);

    /// <summary>It was not done.</summary>
    public static ControlReply Refused(params string[] lines) => new(false, lines);
}
