using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Pipeline.Ingesting;

/// <summary>One thing for Ingest to do: a block, an operator's word, another plan, or, with none of them, a tick.</summary>
/// <param name="Block">Samples; owned by Ingest from here on.</param>
/// <param name="Word">An operator's word.</param>
/// <param name="Change">Another plan.</param>
/// <param name="From">Whose slots the block has; null for those of the plan in force.</param>
internal readonly record struct IngestMail(SampleBlock? Block, SpokenWord? Word = null, PlanChange? Change = null, BusSink? From = null);

/// <summary>Another plan and who waits until it is in force.</summary>
/// <param name="plant">The compiled plant.</param>
/// <param name="planId">Id of its stored plan.</param>
internal sealed class PlanChange(CompiledPlant plant, int planId)
{
    private readonly TaskCompletionSource<long> _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CompiledPlant Plant => plant;

    public int PlanId => planId;

    /// <summary>Number of the entry from which on it is in force.</summary>
    public Task<long> Entered => _entered.Task;

    public void Enter(long seq) => _entered.TrySetResult(seq);
}

/// <summary>A word and who waits for its entry.</summary>
/// <param name="word">What was said.</param>
internal sealed class SpokenWord(OperatorWord word)
{
    private readonly TaskCompletionSource<long> _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public OperatorWord Word => word;

    /// <summary>Number of the entry that holds it.</summary>
    public Task<long> Entered => _entered.Task;

    public void Enter(long seq) => _entered.TrySetResult(seq);
}
