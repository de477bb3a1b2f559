using System.Globalization;

namespace Chaos.Tests.Campaigns;

/// <summary>What a campaign plays, from the environment that <c>./test.sh chaos</c> sets.</summary>
internal sealed record CampaignOptions
{
    /// <summary>What CI has time for: about two minutes on two cores.</summary>
    private const int ShortRuns = 12;

    private const int FirstSeed = 1, AtATime = 4;

    public int Runs { get; init; }

    public int Seed { get; init; }

    /// <summary>Steps of the script to play, by number from 0; null for all.</summary>
    public IReadOnlyList<int>? Steps { get; init; }

    public int Parallel { get; init; }

    /// <summary>Where the seeds that were played stand; null to forget them.</summary>
    public string? File { get; init; }

    /// <summary>Takes the traces of faulty runs.</summary>
    public string Folder { get; init; } = "";

    public string Commit { get; init; } = "";

    /// <summary>Whether a faulty script is shrunk at once.</summary>
    public bool Shrink { get; init; }

    public static CampaignOptions FromEnvironment()
    {
        var seed = Number("CHAOS_SEED");
        return new CampaignOptions
        {
            Seed = seed ?? FirstSeed,
            Runs = Number("CHAOS_RUNS") ?? (seed is null ? ShortRuns : 1),
            Steps = Text("CHAOS_STEPS")?.Split(',').Select(s => int.Parse(s, CultureInfo.InvariantCulture)).ToList(),
            Parallel = Number("CHAOS_PARALLEL") ?? AtATime,
            File = Text("CHAOS_CAMPAIGN"),
            Folder = Text("CHAOS_FOLDER") ?? Path.Combine(Path.GetTempPath(), "chaos"),
            Commit = Text("CHAOS_COMMIT") ?? "unknown",
            Shrink = Text("CHAOS_STEPS") is null,
        };
    }

    private static string? Text(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? text : null;

    private static int? Number(string name) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
