using EdgeGateway.Storage.Sqlite;

namespace EdgeGateway.Storage.Files;

/// <summary>The tables of version 1, and the marks by which a file is known.</summary>
internal static class Schema
{
    /// <summary>The version this class makes and reads.</summary>
    public const long Version = 1;

    /// <summary>"EGWY", in the header of every store.</summary>
    public const long ApplicationId = 0x45475759;

    /// <summary>Small and precious tables first: a check that runs out of time has then seen them.</summary>
    public static readonly string[] Tables = ["meta", "point", "unit", "plan", "boot", "checkpoint", "cursor", "quarantine", "event", "record", "input"];

    private const string Create = """
        CREATE TABLE meta(k TEXT NOT NULL PRIMARY KEY, v ANY) STRICT, WITHOUT ROWID;
        CREATE TABLE point(id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE unit(id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE plan(id INTEGER PRIMARY KEY AUTOINCREMENT, sha256 BLOB NOT NULL UNIQUE, body TEXT NOT NULL) STRICT;
        CREATE TABLE boot(id INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT NOT NULL UNIQUE, utc_offset_us INTEGER, source TEXT) STRICT;
        CREATE TABLE input(seq INTEGER PRIMARY KEY, kind INTEGER NOT NULL, now_us INTEGER NOT NULL, boot INTEGER NOT NULL, plan INTEGER NOT NULL,
          t_min INTEGER, t_max INTEGER, codec INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
        CREATE TABLE record(id INTEGER PRIMARY KEY AUTOINCREMENT, unit INTEGER NOT NULL, kind INTEGER NOT NULL, start_us INTEGER NOT NULL, wid TEXT NOT NULL,
          epoch INTEGER NOT NULL, seq INTEGER NOT NULL, body BLOB NOT NULL, UNIQUE(unit, kind, start_us, wid, epoch, seq)) STRICT;
        CREATE TABLE event(id INTEGER PRIMARY KEY AUTOINCREMENT, seq INTEGER NOT NULL, ord INTEGER NOT NULL, kind INTEGER NOT NULL, at_us INTEGER NOT NULL,
          subject TEXT, body BLOB NOT NULL, UNIQUE(seq, ord)) STRICT;
        CREATE TABLE checkpoint(slot INTEGER PRIMARY KEY CHECK (slot IN (0, 1)), seq INTEGER NOT NULL, crc INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
        CREATE TABLE cursor(publisher TEXT NOT NULL, stream TEXT NOT NULL, lo INTEGER NOT NULL, hi INTEGER NOT NULL, PRIMARY KEY (publisher, stream, lo)) STRICT, WITHOUT ROWID;
        CREATE TABLE quarantine(publisher TEXT NOT NULL, stream TEXT NOT NULL, id INTEGER NOT NULL, at_us INTEGER NOT NULL, reason TEXT NOT NULL,
          PRIMARY KEY (publisher, stream, id)) STRICT, WITHOUT ROWID;
        INSERT INTO meta VALUES ('schema', 1);
        PRAGMA application_id = 1162303321;
        PRAGMA user_version = 1;
        """;

    private const string ReadableFrom = "SELECT v FROM meta WHERE k = 'readable_from'";

    /// <summary>Makes sure that the file is a store of this version; fills an empty one.</summary>
    /// <exception cref="StoreException">It is another program's, or a newer version's.</exception>
    public static void Ensure(Connection file, string path)
    {
        var application = file.Number("PRAGMA application_id");
        var version = file.Number("PRAGMA user_version");
        var empty = file.Number("SELECT count(*) FROM sqlite_schema") == 0;
        if (empty && application == 0 && version == 0)
        {
            file.Execute("PRAGMA page_size = 4096; PRAGMA auto_vacuum = INCREMENTAL;");
            UseLog(file, path);
            file.Execute("BEGIN IMMEDIATE;" + Create + "COMMIT;");
            return;
        }
        // SQLite opens a file without the right to write for reading, without a word.
        if (file.IsReadOnly) throw new SqliteException(SqliteException.ReadOnly, "it may be read only");
        if (application != ApplicationId) throw new StoreException($"{path} is a database of another program. Name another file for the store, or move this one away.");
        // A next version that only adds says from which one on its files can be read: a step back by one then works.
        if (version > Version && !(file.Number(ReadableFrom) <= Version))
            throw new StoreException($"{path} was written by a newer version of the gateway (schema {version}; this one reads {Version}, and later ones that say so). Install that version again, or name another file for the store.");
        UseLog(file, path);
    }

    private static void UseLog(Connection file, string path)
    {
        if (file.Word("PRAGMA journal_mode = WAL") != "wal")
            throw new StoreException($"{path} lies on a file system without shared memory, such as a network share. Name a file on a local disk for the store.");
        // FULL: each commit is on the disk before it counts. The log file is emptied into the database each 4 MB, and cut back to 16 MB where readers made it longer.
        file.Execute("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 1000; PRAGMA journal_size_limit = 16777216;");
    }
}
