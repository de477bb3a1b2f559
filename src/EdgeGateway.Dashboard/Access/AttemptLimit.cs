namespace EdgeGateway.Dashboard.Access;

/// <summary>Slows down guessing: after five failures of one address or for one user, each further attempt waits twice as long, up to a quarter of an hour. Thread-safe and bounded.</summary>
internal sealed class AttemptLimit(TimeProvider time)
{
    /// <summary>Failures that cost nothing.</summary>
    public const int Free = 5;

    private const int MostKeys = 10_000;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2), LongestWait = TimeSpan.FromMinutes(15);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Failures, long Until)> _keys = [];

    /// <summary>How long the next attempt has to wait; zero where it may be made.</summary>
    public TimeSpan Wait(string address, string user)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow().UtcTicks;
            var until = Math.Max(Of("a" + address).Until, Of("u" + user).Until);
            return until > now ? TimeSpan.FromTicks(until - now) : TimeSpan.Zero;
        }
    }

    /// <summary>Counts a failure.</summary>
    public void Fail(string address, string user)
    {
        lock (_gate)
        {
            // More keys than people have: somebody is trying names. Whoever waits goes on waiting; the others begin anew.
            if (_keys.Count > MostKeys)
            {
                var now = time.GetUtcNow().UtcTicks;
                foreach (var key in _keys.Where(k => k.Value.Until <= now).Select(k => k.Key).ToArray()) _keys.Remove(key);
            }
            Count("a" + address);
            Count("u" + user);
        }
    }

    /// <summary>Forgets a user's failures.</summary>
    public void Succeed(string address, string user)
    {
        lock (_gate)
        {
            _keys.Remove("a" + address);
            _keys.Remove("u" + user);
        }
    }

    private (int Failures, long Until) Of(string key) => _keys.GetValueOrDefault(key);

    private void Count(string key)
    {
        var failures = Of(key).Failures + 1;
        var wait = failures < Free ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, FirstWait.Ticks << Math.Min(failures - Free, 20)));
        _keys[key] = (failures, time.GetUtcNow().UtcTicks + wait.Ticks);
    }
}
