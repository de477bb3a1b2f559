using System.Globalization;
using EdgeGateway.Storage.Sqlite;

namespace EdgeGateway.Storage.Bounds;

/// <summary>Bytes of the two large logs. Kept in the file with every checkpoint and every shed, and counted on from there at the start: no start reads the whole log.</summary>
/// <param name="Seq">Number of the newest entry counted.</param>
/// <param name="SampleBytes">Bytes of the input log.</param>
/// <param name="RecordId">Id of the newest record counted.</param>
/// <param name="RecordBytes">Bytes of the record log.</param>
internal readonly record struct Tally(long Seq, long SampleBytes, long RecordId, long RecordBytes)
{
    /// <summary>About what a row takes beside its body, its share of the indices included.</summary>
    public const int EntryOverhead = 40, RecordOverhead = 96;

    private const string Find = "SELECT v FROM meta WHERE k = 'tally'";
    private const string Put = "INSERT INTO meta(k, v) VALUES ('tally', ?1) ON CONFLICT(k) DO UPDATE SET v = ?1";

    /// <summary>What the file says, and what came behind it.</summary>
    public static Tally Load(Connection file)
    {
        var known = Parse(file.Word(Find));
        var (lastSeq, sampleBytes) = Behind(file, "input", "seq", known.Seq, EntryOverhead);
        var (lastId, recordBytes) = Behind(file, "record", "id", known.RecordId, RecordOverhead);
        return new Tally(Math.Max(lastSeq, known.Seq), known.SampleBytes + sampleBytes, Math.Max(lastId, known.RecordId), known.RecordBytes + recordBytes);
    }

    /// <summary>Writes it down, within the caller's transaction.</summary>
    public void Save(Connection file)
    {
        var put = file.Prepared(Put);
        put.Bind(1, string.Create(CultureInfo.InvariantCulture, $"{Seq} {SampleBytes} {RecordId} {RecordBytes}"));
        put.Run();
    }

    /// <summary>A text of another make counts as none: then all is counted once.</summary>
    private static Tally Parse(string? text)
    {
        Span<long> numbers = stackalloc long[4];
        var count = 0;
        foreach (var word in (text ?? "").Split(' '))
        {
            if (count == numbers.Length || !long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out numbers[count])) return default;
            count++;
        }
        return count == numbers.Length ? new Tally(numbers[0], numbers[1], numbers[2], numbers[3]) : default;
    }

    private static (long Last, long Bytes) Behind(Connection file, string table, string key, long after, int overhead)
    {
        var where = string.Create(CultureInfo.InvariantCulture, $"FROM {table} WHERE {key} > {after}");
        return (file.Number($"SELECT max({key}) {where}") ?? 0, file.Number(string.Create(CultureInfo.InvariantCulture, $"SELECT coalesce(sum(length(body) + {overhead}), 0) {where}")) ?? 0);
    }
}
