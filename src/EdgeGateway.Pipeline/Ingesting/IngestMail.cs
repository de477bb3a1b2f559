using EdgeGateway.Records.Events;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Pipeline.Ingesting;

/// <summary>One thing for Ingest to do: a block, an operator's word, or, with neither, a tick.</summary>
/// <param name="Block">Samples; owned by Ingest from here on.</param>
/// <param name="Word">An operator's word.</param>
internal readonly record struct IngestMail(SampleBlock? Block, SpokenWord? Word = null);

/// <summary>A word and who waits for its entry.</summary>
/// <param name="word">What was said.</param>
internal sealed class SpokenWord(OperatorWord word)
{
    private readonly TaskCompletionSource<long> _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public OperatorWord Word => word;

    /// <summary>Number of the entry that holds it.</summary>
    public Task<long> Entered => _entered.Task;

    public void Enter(long seq) => _entered.TrySetResult(seq);

    public void Refuse() => _entered.TrySetCanceled(CancellationToken.None);
}
