using System.Text;
using SQLitePCL;

namespace EdgeGateway.Storage.Sqlite;

/// <summary>A prepared statement: bind (from 1), run or step, read (from 0), reset. Allocates nothing except for what it hands out.</summary>
internal sealed class Statement(sqlite3 db, sqlite3_stmt statement) : IDisposable
{
    private const int MaxStackBytes = 512;

    public void Bind(int index, long value) => Check(raw.sqlite3_bind_int64(statement, index, value));

    public void Bind(int index, long? value)
    {
        if (value is { } number) Bind(index, number);
        else Check(raw.sqlite3_bind_null(statement, index));
    }

    /// <summary>Binds bytes; SQLite takes its own copy.</summary>
    public void Bind(int index, ReadOnlySpan<byte> value) =>
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(statement, index, 0) : raw.sqlite3_bind_blob(statement, index, value));

    /// <summary>Binds text, or NULL.</summary>
    public void Bind(int index, string? value)
    {
        if (value is null)
        {
            Check(raw.sqlite3_bind_null(statement, index));
            return;
        }
        // An empty span has no address, and SQLite takes that for NULL.
        if (value.Length == 0)
        {
            Check(raw.sqlite3_bind_text(statement, index, utf8z.FromSpan("\0"u8)));
            return;
        }
        var length = Encoding.UTF8.GetMaxByteCount(value.Length);
        Span<byte> bytes = length <= MaxStackBytes ? stackalloc byte[MaxStackBytes] : new byte[length];
        Check(raw.sqlite3_bind_text(statement, index, bytes[..Encoding.UTF8.GetBytes(value, bytes)]));
    }

    /// <summary>Moves to the next row; false at the end.</summary>
    public bool Step()
    {
        var rc = raw.sqlite3_step(statement);
        if (rc == raw.SQLITE_ROW) return true;
        if (rc == raw.SQLITE_DONE) return false;
        var fault = Fault(rc);
        Reset();
        throw fault;
    }

    /// <summary>Runs to the end and makes ready for the next use.</summary>
    public void Run()
    {
        while (Step())
        {
        }
        Reset();
    }

    /// <summary>Ends the read or write and makes ready for the next use. Bound values stay.</summary>
    public void Reset() => raw.sqlite3_reset(statement);

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(statement, column);

    public long? NullableInt64(int column) => IsNull(column) ? null : Int64(column);

    /// <summary>Bytes of a column, valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(statement, column);

    public string? Text(int column) => IsNull(column) ? null : raw.sqlite3_column_text(statement, column).utf8_to_string();

    public void Dispose() => statement.Dispose();

    private void Check(int rc)
    {
        if (rc != raw.SQLITE_OK) throw Fault(rc);
    }

    private SqliteException Fault(int rc) => new(raw.sqlite3_extended_errcode(db) is var code and not 0 ? code : rc, raw.sqlite3_errmsg(db).utf8_to_string());
}
