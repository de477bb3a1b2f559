namespace Chaos.Tests.Runs;

/// <summary>Watches by how much a timer comes late.</summary>
internal sealed class Lateness : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);
    private readonly ITimer _timer;
    private long _last = TimeProvider.System.GetTimestamp();
    private long _worst;

    public Lateness() => _timer = TimeProvider.System.CreateTimer(static l => ((Lateness)l!).Tick(), this, Period, Period);

    /// <summary>The worst so far.</summary>
    public TimeSpan Worst => new(Interlocked.Read(ref _worst));

    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        var now = TimeProvider.System.GetTimestamp();
        var late = TimeProvider.System.GetElapsedTime(Interlocked.Exchange(ref _last, now), now) - Period;
        if (late.Ticks > Interlocked.Read(ref _worst)) Interlocked.Exchange(ref _worst, late.Ticks);
    }
}
