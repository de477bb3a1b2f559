namespace Chaos.Tests.Runs;

/// <summary>A stretch in which nothing was read.</summary>
/// <param name="Unit">Whose meter, or null for all.</param>
/// <param name="From">Plant time, UTC microseconds.</param>
/// <param name="To">Plant time, UTC microseconds.</param>
internal readonly record struct Outage(string? Unit, long From, long To)
{
    /// <summary>Longer than the greatest gap that still counts as observed, 2 s in the map, with room for what was under way.</summary>
    public bool IsGap => To - From > 2_500_000;

    public bool Covers(string unit, long edge) => (Unit is null || Unit == unit) && edge > From && edge < To;
}
