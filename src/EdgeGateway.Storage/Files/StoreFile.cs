using System.Globalization;
using EdgeGateway.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Storage.Files;

/// <summary>Opens the database file for writing: makes it, knows it, checks it, and sets a damaged one aside.</summary>
internal static class StoreFile
{
    private static readonly TimeSpan SuspectCheckTime = TimeSpan.FromSeconds(10);

    /// <summary>Opens the file of <paramref name="options"/>.</summary>
    /// <returns>The writer's connection, and the path to which a damaged file was renamed, or null.</returns>
    /// <exception cref="StoreException">It cannot be opened, is not ours, or is newer.</exception>
    public static (Connection File, string? SetAside) Open(SqliteStoreOptions options, ILogger log)
    {
        try
        {
            if (OpenSound(options) is { } file) return (file, null);
            var aside = SetAside(options.Path, options.Time.GetUtcNow());
            StoreLog.SetAside(log, options.Path, aside);
            return (OpenSound(options) ?? throw new StoreException($"A fresh {options.Path} is damaged at once: the disk is failing. Replace it."), aside);
        }
        catch (SqliteException e)
        {
            throw FaultText.ToException(options.Path, "opened", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The store {options.Path} cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>Remembers for the next start that SQLite met damage in this file while running.</summary>
    public static void Suspect(string path)
    {
        try
        {
            File.WriteAllBytes(MarkOf(path), []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The disk that holds the damaged file takes no mark either; the ordinary check at the start remains.
        }
    }

    /// <summary>Bytes of the write-ahead log beside the file; 0 where there is none.</summary>
    public static long LogBytes(string path) => new FileInfo(path + "-wal") is { Exists: true } log ? log.Length : 0;

    /// <summary>Keeps an unreadable checkpoint for whoever looks into it; null where it cannot be written.</summary>
    public static string? KeepCheckpoint(string path, Pipeline.Storing.StoredCheckpoint checkpoint)
    {
        var aside = string.Create(CultureInfo.InvariantCulture, $"{path}.checkpoint-{checkpoint.Seq}");
        var name = aside;
        for (var n = 2; File.Exists(name); n++) name = string.Create(CultureInfo.InvariantCulture, $"{aside}-{n}");
        try
        {
            using var file = new FileStream(name, FileMode.CreateNew, FileAccess.Write);
            file.Write(checkpoint.Body);
            // Its row goes next: not before this is on the disk.
            file.Flush(flushToDisk: true);
            return name;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Null where the file is damaged.</summary>
    private static Connection? OpenSound(SqliteStoreOptions options)
    {
        var file = Connection.Open(options.Path, writing: true);
        try
        {
            Schema.Ensure(file, options.Path);
            if (IsSound(file, options)) return file;
        }
        catch (SqliteException e) when (e.IsDamage)
        {
        }
        catch
        {
            file.Dispose();
            throw;
        }
        file.Dispose();
        return null;
    }

    /// <summary>Looks for rotten pages until time is up. Where SQLite has already met one while running, only a whole check that finds nothing clears the file.</summary>
    private static bool IsSound(Connection file, SqliteStoreOptions options)
    {
        var mark = MarkOf(options.Path);
        var suspected = File.Exists(mark);
        var time = suspected ? SuspectCheckTime : options.CheckTime;
        if (time <= TimeSpan.Zero) return true;
        var sound = Check(file, options.Time, time) ?? !suspected;
        if (suspected) File.Delete(mark);
        return sound;
    }

    /// <summary>Null where time was up before anything was found.</summary>
    private static bool? Check(Connection file, TimeProvider time, TimeSpan most)
    {
        var start = time.GetTimestamp();
        // An interrupt that comes late finds nothing running and is forgotten by the next statement.
        using var limit = time.CreateTimer(static c => ((Connection)c!).Interrupt(), file, most, Timeout.InfiniteTimeSpan);
        try
        {
            foreach (var table in Schema.Tables)
            {
                if (time.GetElapsedTime(start) >= most) return null;
                if (file.Word($"PRAGMA quick_check({table})") != "ok") return false;
            }
            return true;
        }
        catch (SqliteException e) when (e.Primary == SqliteException.Interrupted)
        {
            return null;
        }
    }

    private static string MarkOf(string path) => path + ".suspect";

    /// <summary>Renames the file and its log, never deletes them. The database first: a fresh one drops a log that is left over.</summary>
    private static string SetAside(string path, DateTimeOffset now)
    {
        var aside = path + ".damaged-" + now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var name = aside;
        for (var n = 2; File.Exists(name); n++) name = string.Create(CultureInfo.InvariantCulture, $"{aside}-{n}");
        File.Move(path, name);
        if (File.Exists(path + "-wal")) File.Move(path + "-wal", name + "-wal", overwrite: true);
        File.Delete(path + "-shm");
        return name;
    }
}
