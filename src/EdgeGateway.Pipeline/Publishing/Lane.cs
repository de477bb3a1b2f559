using EdgeGateway.Pipeline.Publishing.Choosing;

namespace EdgeGateway.Pipeline.Publishing;

/// <summary>A stretch of a stream that is served in order: of the backlog, or of what came since.</summary>
/// <param name="chosen">What goes to the target.</param>
/// <param name="after">Ids above this one.</param>
/// <param name="upTo">Ids up to this one.</param>
internal sealed class Lane(ChosenData chosen, long after, long upTo)
{
    /// <summary>Ids above this one.</summary>
    public long After => after;

    /// <summary>Ids up to this one.</summary>
    public long UpTo { get; set; } = upTo;

    /// <summary>Chooses samples. A lane has a memory of its own: report by exception compares with what was sent before in time.</summary>
    public ChosenSamples Samples { get; } = new(chosen);

    /// <summary>Where the lane goes on: everything in it up to here is acknowledged.</summary>
    public long Position(AckRanges acknowledged) => acknowledged.ContiguousFrom(after);
}
