using System.Security.Cryptography;
using System.Text;
using EdgeGateway.Storage.Sqlite;

namespace EdgeGateway.Storage;

/// <summary>Durable ids: of paths, plans and boots; and the epoch. Each runs within a transaction of the writer's thread.</summary>
internal static class Names
{
    /// <summary>Id of a point's path.</summary>
    public const string FindPoint = "SELECT id FROM point WHERE path = ?";

    /// <summary>Id of a unit's path.</summary>
    public const string FindUnit = "SELECT id FROM unit WHERE path = ?";

    private const string AddPoint = "INSERT INTO point(path) VALUES (?)";
    private const string AddUnit = "INSERT INTO unit(path) VALUES (?)";
    private const string RenamePoint = "UPDATE point SET path = ?2 WHERE path = ?1 AND NOT EXISTS (SELECT 1 FROM point WHERE path = ?2)";
    private const string RenameUnit = "UPDATE unit SET path = ?2 WHERE path = ?1 AND NOT EXISTS (SELECT 1 FROM unit WHERE path = ?2)";
    private const string FindPlan = "SELECT id FROM plan WHERE sha256 = ?";
    private const string AddPlan = "INSERT INTO plan(sha256, body) VALUES (?, ?)";
    private const string PutBoot = """
        INSERT INTO boot(uuid, utc_offset_us, source) VALUES (?1, ?2, ?3)
        ON CONFLICT(uuid) DO UPDATE SET source = CASE WHEN utc_offset_us IS NULL THEN ?3 ELSE source END, utc_offset_us = coalesce(utc_offset_us, ?2)
        """;
    private const string FindBoot = "SELECT id FROM boot WHERE uuid = ?";
    private const string PutEpoch = "INSERT INTO meta(k, v) VALUES ('epoch', ?) ON CONFLICT(k) DO NOTHING";
    private const string FindEpoch = "SELECT v FROM meta WHERE k = 'epoch'";

    /// <summary>Ids of points, in order; unknown ones are given new ids.</summary>
    public static int[] Points(Connection file, IReadOnlyList<string> paths) => Ids(file, FindPoint, AddPoint, paths);

    /// <summary>Ids of units, likewise.</summary>
    public static int[] Units(Connection file, IReadOnlyList<string> paths) => Ids(file, FindUnit, AddUnit, paths);

    /// <summary>Gives points and units other names.</summary>
    /// <returns>How many have got one.</returns>
    public static int Rename(Connection file, IReadOnlyList<(string From, string To)> points, IReadOnlyList<(string From, string To)> units) => Rename(file, RenamePoint, points) + Rename(file, RenameUnit, units);

    /// <summary>Id of a plan.</summary>
    public static int Plan(Connection file, string body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(body), hash);
        var find = file.Prepared(FindPlan);
        find.Bind(1, hash);
        if (TakeId(find) is { } id) return id;
        var add = file.Prepared(AddPlan);
        add.Bind(1, hash);
        add.Bind(2, body);
        add.Run();
        return checked((int)file.LastId);
    }

    /// <summary>Id of a boot; its offset is written once, by whoever knows it first.</summary>
    public static int Boot(Connection file, string bootId, long? utcOffsetMicros, string? source)
    {
        var put = file.Prepared(PutBoot);
        put.Bind(1, bootId);
        put.Bind(2, utcOffsetMicros);
        put.Bind(3, source);
        put.Run();
        var find = file.Prepared(FindBoot);
        find.Bind(1, bootId);
        return TakeId(find)!.Value;
    }

    /// <summary>The epoch in force.</summary>
    public static long Epoch(Connection file, long utcSecond)
    {
        var put = file.Prepared(PutEpoch);
        put.Bind(1, utcSecond);
        put.Run();
        return EpochOf(file)!.Value;
    }

    /// <summary>The epoch, or null where there is none yet.</summary>
    public static long? EpochOf(Connection file) => file.Number(FindEpoch);

    /// <summary>Where one takes the name that another gives up, the order matters: as long as any moves, all are tried again.</summary>
    private static int Rename(Connection file, string sql, IReadOnlyList<(string From, string To)> pairs)
    {
        var (rename, open) = (file.Prepared(sql), pairs.ToList());
        for (var moved = 1; moved > 0 && open.Count > 0;)
        {
            moved = open.RemoveAll(pair =>
            {
                rename.Bind(1, pair.From);
                rename.Bind(2, pair.To);
                rename.Run();
                return file.Changes > 0;
            });
        }
        return pairs.Count - open.Count;
    }

    private static int[] Ids(Connection file, string findSql, string addSql, IReadOnlyList<string> paths)
    {
        var ids = new int[paths.Count];
        var (find, add) = (file.Prepared(findSql), file.Prepared(addSql));
        for (var i = 0; i < ids.Length; i++)
        {
            find.Bind(1, paths[i]);
            if (TakeId(find) is { } id)
            {
                ids[i] = id;
                continue;
            }
            add.Bind(1, paths[i]);
            add.Run();
            ids[i] = checked((int)file.LastId);
        }
        return ids;
    }

    private static int? TakeId(Statement find)
    {
        int? id = find.Step() ? checked((int)find.Int64(0)) : null;
        find.Reset();
        return id;
    }
}
