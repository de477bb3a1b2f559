namespace EdgeGateway.Metering.Carbon;

/// <summary>Which year's factor a window takes.</summary>
public enum ReferencePolicy : byte
{
    /// <summary>The one that was the latest published when the window was.</summary>
    LatestPublished = 0,

    /// <summary>The one of the window's own year, whenever it was published; the latest published where there is none.</summary>
    ActivityYear = 1,
}

/// <summary>Words of policies in maps.</summary>
public static class ReferencePolicies
{
    /// <summary>All words and what they mean.</summary>
    public static IReadOnlyList<(string Word, ReferencePolicy Policy)> All { get; } = [("latest_published", ReferencePolicy.LatestPublished), ("activity_year", ReferencePolicy.ActivityYear)];

    /// <summary>The word.</summary>
    public static string Word(this ReferencePolicy policy) => All[(int)policy].Word;
}
