using System.Globalization;
using System.Text.Json;
using EdgeGateway.Peers;

namespace Chaos.Tests.Judging;

/// <summary>What the database holds in the end is the newest revision of what arrived at the broker.</summary>
internal static class DatabaseJudge
{
    private static readonly string[] _fields = ["rev_epoch", "rev_seq", "value"];

    /// <summary>Complaints about windows that end by <paramref name="until"/>, UTC microseconds.</summary>
    public static async Task<IReadOnlyList<string>> ComplaintsAsync(InfluxServer database, Arrivals arrivals, long until)
    {
        IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> rows;
        try
        {
            rows = await database.QueryAsync("SELECT * FROM edgegateway_electricity");
        }
        catch (HttpRequestException e)
        {
            return ["broken: the database does not answer: " + e.Message];
        }
        var complaints = new List<string>();
        var held = new Dictionary<WindowName, IReadOnlyDictionary<string, JsonElement>>();
        foreach (var row in rows)
        {
            var name = new WindowName(row["unit"].GetString()!, row["kind"].GetString()!, row["time"].GetInt64() / 1000);
            // A reader can see a point while its fields are still being written.
            if (_fields.Any(f => row[f].ValueKind != JsonValueKind.Number)) complaints.Add($"lost: the database has a part of {name} only");
            else if (!held.TryAdd(name, row)) complaints.Add($"doubled: the database has two rows of {name}");
        }
        foreach (var (name, record) in arrivals.Newest)
        {
            if (record.End > until) continue;
            if (!held.TryGetValue(name, out var row)) complaints.Add($"lost: the database has no {record}");
            else if ((row["rev_epoch"].GetInt64(), row["rev_seq"].GetInt64()) != record.Revision) complaints.Add(string.Create(CultureInfo.InvariantCulture, $"lost: the database has revision {row["rev_seq"].GetInt64()} of {record}"));
            else if (row["value"].GetDouble() != record.Energy!.Kwh) complaints.Add(string.Create(CultureInfo.InvariantCulture, $"wrong: the database has {row["value"].GetDouble()} of {record}"));
        }
        return complaints;
    }
}
