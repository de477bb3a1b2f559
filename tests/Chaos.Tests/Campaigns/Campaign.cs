using System.Globalization;
using Chaos.Tests.Runs;
using Chaos.Tests.Scripts;

namespace Chaos.Tests.Campaigns;

/// <summary>
/// Many scripts, several at a time. With a file it can be broken off and goes on where it was: each seed that was played is a line, a faulty one with the shortest of its scripts that is still faulty.
/// </summary>
/// <param name="options">What to play.</param>
/// <param name="say">Takes each line as it comes.</param>
internal sealed class Campaign(CampaignOptions options, Action<string> say)
{
    private static readonly string _version = ScriptDraw.Version.ToString(CultureInfo.InvariantCulture);
    private readonly Lock _lock = new();

    /// <summary>Figures compared with the ledger in this run.</summary>
    public long Compared { get; private set; }

    public int Played { get; private set; }

    /// <summary>Kills of the gateway.</summary>
    public int Kills { get; private set; }

    /// <summary>Plays what is not played yet; returns the lines of faulty seeds, those of earlier runs too.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        var known = Lines();
        var done = known.Select(l => l.Split(' ')).Where(f => f[0] is "good" or "faulty" && f[2..4] is ["draw", var version] && version == _version).Select(f => int.Parse(f[1], CultureInfo.InvariantCulture)).ToHashSet();
        var left = Enumerable.Range(options.Seed, options.Runs).Where(s => !done.Contains(s)).ToList();
        var faulty = known.Where(l => l.StartsWith("faulty ", StringComparison.Ordinal)).ToList();
        await Parallel.ForEachAsync(left, new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken }, async (seed, _) =>
        {
            var line = await PlayAsync(seed);
            lock (_lock)
            {
                if (line.StartsWith("faulty ", StringComparison.Ordinal)) faulty.Add(line);
                if (options.File is { } file) File.AppendAllLines(file, [line]);
                say(line);
            }
        });
        return faulty;
    }

    private async Task<string> PlayAsync(int seed)
    {
        var script = ScriptDraw.Of(seed);
        if (options.Steps is { } steps) script = script.Keep(steps);
        var began = TimeProvider.System.GetTimestamp();
        var result = await ChaosRun.PlayAsync(script);
        lock (_lock) (Compared, Played, Kills) = (Compared + result.Compared, Played + 1, Kills + result.Kills);
        var head = string.Create(CultureInfo.InvariantCulture, $"{seed} draw {_version} commit {options.Commit} records {result.Arrivals.All.Count} repeats {result.Arrivals.Repeats} compared {result.Compared} samples {result.Arrivals.Samples.Count} kills {result.Kills} seconds {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F0} late_ms {result.Late.TotalMilliseconds:F0}");
        if (result.IsGood) return "good " + head;
        await KeepAsync(result);
        var shortest = options.Shrink ? await Shrinking.ShortestAsync(script) : script;
        return $"faulty {head}: {result.Complaints[0].ReplaceLineEndings(" ")} | shortest: {shortest}";
    }

    /// <summary>All that is known of a faulty run, for whoever mends it.</summary>
    private async Task KeepAsync(ChaosResult result)
    {
        var lines = result.Complaints.Prepend(result.Script.ToString()).Append("").Concat(result.Log).Append("").Concat(result.Arrivals.All.Select(r => r.Text));
        Directory.CreateDirectory(options.Folder);
        await File.WriteAllLinesAsync(Path.Combine(options.Folder, string.Create(CultureInfo.InvariantCulture, $"seed-{result.Script.Seed}.txt")), lines);
    }

    private string[] Lines()
    {
        if (options.File is not { } file) return [];
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        return File.Exists(file) ? File.ReadAllLines(file) : [];
    }
}
