namespace EdgeGateway.OpcUa.Client;

/// <summary>Growing, jittered waits between attempts; there is no last attempt. Times in microseconds.</summary>
/// <param name="longest">Longest wait.</param>
/// <param name="jitter">A number in [0, 1).</param>
public sealed class Backoff(long longest, Func<double> jitter)
{
    private const long First = 500_000;
    private int _failures;

    /// <summary>The next wait: half to whole of a span that doubles with each failure.</summary>
    public long Next()
    {
        var span = Math.Min(longest, First << Math.Min(_failures, 20));
        if (_failures < 20) _failures++;
        return (long)(span * (0.5 + jitter() / 2));
    }

    /// <summary>A session lasted: the next wait is short again.</summary>
    public void Reset() => _failures = 0;
}
