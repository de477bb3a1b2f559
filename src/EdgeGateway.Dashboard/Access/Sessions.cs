using System.Security.Cryptography;
using System.Text;

namespace EdgeGateway.Dashboard.Access;

/// <summary>Who is asking.</summary>
/// <param name="Name">Name of the user or token, or null on loopback without login.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Csrf">What a changing request must bring along; empty for tokens.</param>
internal sealed record Caller(string? Name, Role Role, string Csrf);

/// <summary>Logins of people, kept in memory by the hash of their cookie: a restart asks for passwords again. Thread-safe.</summary>
internal sealed class Sessions(TimeProvider time)
{
    private const int MostSessions = 1_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Caller Caller, string Password, long Until)> _sessions = [];

    /// <summary>Begins a session; returns the cookie.</summary>
    public string Begin(User user)
    {
        var cookie = Random();
        lock (_gate)
        {
            var now = time.GetUtcNow().UtcTicks;
            foreach (var old in _sessions.Where(s => s.Value.Until <= now).Select(s => s.Key).ToArray()) _sessions.Remove(old);
            if (_sessions.Count >= MostSessions) _sessions.Remove(_sessions.MinBy(s => s.Value.Until).Key);
            _sessions[Key(cookie)] = (new Caller(user.Name, user.Role, Random()), user.Password, now + Lifetime.Ticks);
        }
        return cookie;
    }

    /// <summary>The session of a cookie while its user is still in the file with the same role and password, else null.</summary>
    public Caller? Find(string? cookie, UserFile users)
    {
        if (string.IsNullOrEmpty(cookie)) return null;
        lock (_gate)
        {
            if (!_sessions.TryGetValue(Key(cookie), out var session) || session.Until <= time.GetUtcNow().UtcTicks) return null;
            return users.Users.Any(u => u.Name == session.Caller.Name && u.Role == session.Caller.Role && u.Password == session.Password) ? session.Caller : null;
        }
    }

    public void End(string? cookie)
    {
        if (string.IsNullOrEmpty(cookie)) return;
        lock (_gate) _sessions.Remove(Key(cookie));
    }

    /// <summary>A secret of 256 bits, as text.</summary>
    public static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static string Key(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
