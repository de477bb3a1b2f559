using EdgeGateway.Storage.Sqlite;

namespace EdgeGateway.Storage;

/// <summary>Puts SQLite's refusals into sentences for an operator.</summary>
internal static class FaultText
{
    /// <summary>Why commits fail: what, where, what becomes of the data, what to do.</summary>
    public static string Of(string path, Exception fault)
    {
        var (what, remedy) = Explain(path, fault);
        return $"The store {path} cannot be written: {what}. What it was given is kept in memory and tried again. {remedy}";
    }

    /// <summary>The same for something asked for directly; <paramref name="done"/> is what could not be done, such as "read".</summary>
    public static StoreException ToException(string path, string done, SqliteException fault)
    {
        var (what, remedy) = Explain(path, fault);
        return new StoreException($"The store {path} cannot be {done}: {what}. {remedy}", fault);
    }

    private static (string What, string Remedy) Explain(string path, Exception fault)
    {
        if (fault is not SqliteException e) return ($"{fault.GetType().Name}, {fault.Message}", "Report this with the log.");
        var words = FormattableString.Invariant($" ({e.Message}, SQLite {e.Code})");
        return e.Primary switch
        {
            SqliteException.Full => ("the disk is full" + words, $"Free space on the disk of {path}."),
            // A file system that turns read-only under open files is an error of input and output to SQLite.
            SqliteException.ReadOnly or SqliteException.IoError when e.Primary == SqliteException.ReadOnly || IsReadOnly(path) => ("the file or its file system is read-only" + words, $"Make {path} and its directory writable; a file system that turned read-only by itself points to a failing disk."),
            SqliteException.Permission or SqliteException.CannotOpen or SqliteException.Denied => ("it may not be opened" + words, $"Let the gateway's user read and write {path} and its directory."),
            SqliteException.Busy or SqliteException.Locked => ("another program holds it" + words, $"Close the program that has {path} open, such as a database browser."),
            SqliteException.Corrupt or SqliteException.NotADatabase => ("the file is damaged" + words, "Start the gateway again: it sets the damaged file aside and begins a fresh one."),
            SqliteException.IoError => ("the disk reports an error" + words, $"Check the disk of {path}; the kernel's log says more."),
            _ => ("SQLite refuses" + words, "Report this with the log."),
        };
    }

    /// <summary>Whether the file system takes no new file. The store's own files are left alone: closing one of them would end SQLite's locks.</summary>
    private static bool IsReadOnly(string path)
    {
        const int readOnlyFileSystem = 30;
        try
        {
            using var probe = new FileStream(path + ".probe", FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.HResult == readOnlyFileSystem || (e.InnerException?.HResult == readOnlyFileSystem);
        }
    }
}
