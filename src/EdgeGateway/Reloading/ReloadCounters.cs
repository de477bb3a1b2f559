namespace EdgeGateway.Reloading;

/// <summary>What has become of changed maps since the start. The reload writes, anyone reads.</summary>
internal sealed class ReloadCounters
{
    private long _applied, _refused;

    /// <summary>Maps put in force.</summary>
    public long Applied => Interlocked.Read(ref _applied);

    /// <summary>Maps refused; the one before stayed in force.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Why the newest map is not in force, or null where it is.</summary>
    public string? Problem { get; private set; }

    public void CountApplied()
    {
        Interlocked.Increment(ref _applied);
        Problem = null;
    }

    public void CountRefused(string problem)
    {
        Interlocked.Increment(ref _refused);
        Problem = problem;
    }
}
