namespace EdgeGateway.FirmwareSim.Plants;

/// <summary>Power over time as steps, and its exact integral. Grows at the end only; the owner locks.</summary>
internal sealed class PowerTrack(long start)
{
    private readonly List<Step> _steps = [];

    /// <summary>Where the next step begins.</summary>
    public long End { get; private set; } = start;

    private Int128 _total;
    private bool _forgotten;

    public IReadOnlyList<Step> Steps => _steps;

    public void Append(long end, long milliwatts)
    {
        _steps.Add(new Step(End, milliwatts, _total));
        _total += (Int128)milliwatts * (end - End);
        End = end;
    }

    /// <summary>Drops the steps that end at or before <paramref name="time"/>; nobody may ask for earlier times any more.</summary>
    public void Forget(long time) => _forgotten |= Track.Forget(_steps, time, static s => s.Start) > 0;

    /// <summary>Nanojoules in [start, <paramref name="time"/>); zero before the start. The track must reach that far.</summary>
    public Int128 Until(long time)
    {
        var at = Track.LastAtOrBefore(_steps, time, static s => s.Start);
        if (at < 0) return _forgotten ? throw Track.Forgotten(time) : 0;
        var step = _steps[at];
        return step.Before + (Int128)step.Milliwatts * (time - step.Start);
    }

    internal readonly record struct Step(long Start, long Milliwatts, Int128 Before);
}
