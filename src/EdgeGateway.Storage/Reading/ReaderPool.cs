using EdgeGateway.Storage.Files;
using EdgeGateway.Storage.Sqlite;

namespace EdgeGateway.Storage.Reading;

/// <summary>Read-only connections for reuse. A read holds one alone and ends before it returns, so that none keeps the log from being emptied. Thread-safe.</summary>
internal sealed class ReaderPool(string path) : IDisposable
{
    private const int MostIdle = 4;

    private readonly Lock _gate = new();
    private readonly Stack<Connection> _idle = new();
    private bool _disposed;

    /// <summary>Runs a read.</summary>
    /// <exception cref="StoreException">The file cannot be read.</exception>
    public TResult Read<TArgument, TResult>(TArgument argument, Func<Connection, TArgument, TResult> read)
    {
        Connection? file = null;
        var clean = false;
        try
        {
            file = Rent();
            var result = read(file, argument);
            clean = true;
            return result;
        }
        catch (SqliteException e)
        {
            if (e.IsDamage) StoreFile.Suspect(path);
            throw FaultText.ToException(path, "read", e);
        }
        finally
        {
            if (file is not null) Return(file, clean);
        }
    }

    /// <summary>Closes the idle connections; one in use is closed when its read ends.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            while (_idle.TryPop(out var file)) file.Dispose();
        }
    }

    private Connection Rent()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(SqliteStore));
            if (_idle.TryPop(out var idle)) return idle;
        }
        var file = Connection.Open(path, writing: false);
        file.Execute("PRAGMA query_only = ON");
        return file;
    }

    private void Return(Connection file, bool clean)
    {
        lock (_gate)
        {
            if (clean && !_disposed && _idle.Count < MostIdle)
            {
                _idle.Push(file);
                return;
            }
        }
        file.Dispose();
    }
}
