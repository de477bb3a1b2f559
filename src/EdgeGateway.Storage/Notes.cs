using EdgeGateway.Storage.Sqlite;

namespace EdgeGateway.Storage;

/// <summary>Texts kept under names in the table <c>meta</c>, and the epoch raised together with them. Each runs within a transaction of the writer's thread.</summary>
internal static class Notes
{
    private const string Prefix = "note.";
    private const string Find = "SELECT v FROM meta WHERE k = ?";
    private const string Set = "INSERT INTO meta(k, v) VALUES (?1, ?2) ON CONFLICT(k) DO UPDATE SET v = ?2";
    private const string Drop = "DELETE FROM meta WHERE k = ?";
    private const string Raise = "UPDATE meta SET v = max(v + 1, ?) WHERE k = 'epoch'";

    /// <summary>A note, or null.</summary>
    public static string? Get(Connection file, string key)
    {
        var find = file.Prepared(Find);
        find.Bind(1, Prefix + key);
        var text = find.Step() ? find.Text(0) : null;
        find.Reset();
        return text;
    }

    /// <summary>Keeps or drops a note.</summary>
    public static bool Put(Connection file, string key, string? text)
    {
        var put = file.Prepared(text is null ? Drop : Set);
        put.Bind(1, Prefix + key);
        if (text is not null) put.Bind(2, text);
        put.Run();
        return file.Changes > 0;
    }

    /// <summary>Raises the epoch, where there is one, and keeps notes with it.</summary>
    public static long? RaiseEpoch(Connection file, long atLeast, Func<long?, IEnumerable<KeyValuePair<string, string?>>> notes)
    {
        var raise = file.Prepared(Raise);
        raise.Bind(1, atLeast);
        raise.Run();
        var epoch = Names.EpochOf(file);
        foreach (var (key, text) in notes(epoch)) Put(file, key, text);
        return epoch;
    }
}
