using SQLitePCL;

namespace EdgeGateway.Storage.Sqlite;

/// <summary>One connection. Used by one thread at a time. Thin over SQLite's own calls, so that a bound value is copied once, by SQLite, and nothing is allocated.</summary>
internal sealed class Connection : IDisposable
{
    private static readonly bool Loaded = Load();

    private readonly sqlite3 _db;
    private readonly Dictionary<string, Statement> _statements = new(ReferenceEqualityComparer.Instance);

    private Connection(sqlite3 db) => _db = db;

    /// <summary>True between BEGIN and COMMIT or ROLLBACK.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_db) == 0;

    /// <summary>True where the file was opened without the right to write.</summary>
    public bool IsReadOnly => raw.sqlite3_db_readonly(_db, "main") == 1;

    /// <summary>Rows changed by the newest statement.</summary>
    public int Changes => raw.sqlite3_changes(_db);

    /// <summary>Id of the newest inserted row.</summary>
    public long LastId => raw.sqlite3_last_insert_rowid(_db);

    /// <summary>Opens a file; nothing of it is read yet.</summary>
    public static Connection Open(string path, bool writing)
    {
        _ = Loaded;
        var flags = raw.SQLITE_OPEN_NOMUTEX | (writing ? raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE : raw.SQLITE_OPEN_READONLY);
        var rc = raw.sqlite3_open_v2(path, out var db, flags, null!);
        if (rc != raw.SQLITE_OK)
        {
            var message = db is { IsInvalid: false } ? raw.sqlite3_errmsg(db).utf8_to_string() : raw.sqlite3_errstr(rc).utf8_to_string();
            db?.Dispose();
            throw new SqliteException(rc, message);
        }
        raw.sqlite3_extended_result_codes(db, 1);
        raw.sqlite3_busy_timeout(db, 5000);
        return new Connection(db);
    }

    /// <summary>Runs statements that yield nothing of interest.</summary>
    public void Execute(string sql)
    {
        var rc = raw.sqlite3_exec(_db, sql, out string message);
        if (rc != raw.SQLITE_OK) throw new SqliteException(raw.sqlite3_extended_errcode(_db) is var code and not 0 ? code : rc, message);
    }

    /// <summary>A statement for repeated use; the connection owns it.</summary>
    /// <param name="sql">A constant: statements are kept by reference.</param>
    public Statement Prepared(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement)) _statements.Add(sql, statement = Prepare(sql));
        return statement;
    }

    /// <summary>The first column of the first row as a number; null where there is no row or it is NULL.</summary>
    public long? Number(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.NullableInt64(0) : null;
    }

    /// <summary>The first column of the first row as text, likewise.</summary>
    public string? Word(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Text(0) : null;
    }

    /// <summary>Ends a failed transaction, which SQLite may have ended already.</summary>
    public void Rollback()
    {
        if (InTransaction) raw.sqlite3_exec(_db, "ROLLBACK", out _);
    }

    /// <summary>Makes the statement that runs now fail with <see cref="SqliteException.Interrupted"/>. Any thread.</summary>
    public void Interrupt() => raw.sqlite3_interrupt(_db);

    /// <summary>Closes the statements and the file.</summary>
    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _statements.Clear();
        _db.Dispose();
    }

    private static bool Load()
    {
        Batteries_V2.Init();
        return true;
    }

    private Statement Prepare(string sql)
    {
        var rc = raw.sqlite3_prepare_v2(_db, sql, out var statement);
        return rc == raw.SQLITE_OK ? new Statement(_db, statement) : throw new SqliteException(raw.sqlite3_extended_errcode(_db), raw.sqlite3_errmsg(_db).utf8_to_string());
    }
}
