using System.Globalization;
using EdgeGateway.Peers;

namespace Chaos.Tests.Judging;

/// <summary>Looks into the store of a gateway that has ended, with SQLite's own program: what was published is durable, and what is durable was published.</summary>
internal static class StoreJudge
{
    private const string Query = "SELECT u.path, r.kind, r.start_us, r.epoch, r.seq FROM record r JOIN unit u ON u.id = r.unit";

    /// <summary>Codes of window kinds as the store writes them.</summary>
    private static readonly Dictionary<string, (string Name, long Micros)> _kinds = new() { ["65"] = ("1s", 1_000_000), ["1"] = ("1m", 60_000_000) };

    /// <summary>Complaints; those of the second sort about windows that end by <paramref name="until"/>, UTC microseconds.</summary>
    public static async Task<IReadOnlyList<string>> ComplaintsAsync(string path, Arrivals arrivals, long until)
    {
        await using var sqlite = PeerProcess.Start("sqlite3", ["-separator", "|", path, "PRAGMA integrity_check", Query]);
        await sqlite.WaitForExitAsync();
        if (sqlite.ExitCode != 0 || sqlite.Lines.FirstOrDefault() != "ok") return [$"broken: the store cannot be read: {sqlite.Output}"];
        var complaints = new List<string>();
        var stored = new Dictionary<WindowName, (long Epoch, long Seq)>();
        var revisions = new HashSet<(WindowName, (long, long))>();
        var (ends, durable) = (new Dictionary<WindowName, long>(), 0);
        foreach (var fields in sqlite.Lines.Skip(1).Select(l => l.Split('|')))
        {
            var (kind, start) = (_kinds[fields[1]], Number(fields[2]));
            var (name, revision) = (new WindowName(fields[0], kind.Name, start), (Number(fields[3]), Number(fields[4])));
            durable++;
            ends[name] = start + kind.Micros;
            if (!revisions.Add((name, revision))) complaints.Add($"doubled: {name} stands twice in the store under {revision}");
            if (!stored.TryGetValue(name, out var known) || revision.CompareTo(known) > 0) stored[name] = revision;
        }
        foreach (var record in arrivals.All.Where(r => !revisions.Contains((r.Name, r.Revision)))) complaints.Add($"wrong: published and not durable: {record}");
        foreach (var (name, revision) in stored.Where(s => ends[s.Key] <= until))
        {
            if (!arrivals.Newest.TryGetValue(name, out var arrived) || arrived.Revision != revision) complaints.Add($"lost: durable and not published: {name} {revision}; {arrived} arrived");
        }
        return durable == 0 ? ["broken: the store holds no record"] : complaints;
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
