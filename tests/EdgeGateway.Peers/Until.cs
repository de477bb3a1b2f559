using System.Diagnostics;

namespace EdgeGateway.Peers;

/// <summary>Waits for a condition, never for a time.</summary>
public static class Until
{
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(20);

    public static async Task TrueAsync(Func<bool> condition, string what, TimeSpan? limit = null) =>
        await TrueAsync(() => Task.FromResult(condition()), what, limit);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? limit = null)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > (limit ?? DefaultLimit)) throw new TimeoutException($"Waited {watch.Elapsed.TotalSeconds:F1} s in vain for: {what}");
            await Task.Delay(10);
        }
    }
}
