namespace EdgeGateway.Pipeline.Publishing;

/// <summary>Keeps all publishers of a gateway from their targets for as long as there is a reason to; what is measured waits in the store. Thread-safe.</summary>
/// <param name="reason">Why nothing is published; null: nothing is held.</param>
public sealed class PublishHold(string? reason)
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _reason = reason;

    /// <summary>Why nothing is published, or null.</summary>
    public string? Reason => _reason;

    /// <summary>Lets the publishers go.</summary>
    public void Release()
    {
        _reason = null;
        _released.TrySetResult();
    }

    /// <summary>Returns once nothing is held.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _reason is null ? Task.CompletedTask : _released.Task.WaitAsync(cancellationToken);
}
