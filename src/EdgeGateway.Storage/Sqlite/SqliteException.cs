namespace EdgeGateway.Storage.Sqlite;

/// <summary>SQLite refused. Stays inside this project: callers see <see cref="StoreException"/>.</summary>
/// <param name="code">Extended result code.</param>
/// <param name="message">SQLite's own words.</param>
internal sealed class SqliteException(int code, string message) : Exception(message)
{
    public const int Busy = 5, Locked = 6, ReadOnly = 8, Interrupted = 9, IoError = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26, Permission = 3, Denied = 23;

    /// <summary>Extended result code.</summary>
    public int Code { get; } = code;

    /// <summary>Result code without its extension.</summary>
    public int Primary => Code & 0xFF;

    /// <summary>True where the file's content is at fault.</summary>
    public bool IsDamage => Primary is Corrupt or NotADatabase;
}
