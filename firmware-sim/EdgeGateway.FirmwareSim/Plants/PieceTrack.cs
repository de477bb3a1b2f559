namespace EdgeGateway.FirmwareSim.Plants;

/// <summary>Pieces by the time they were finished. Grows at the end only; the owner locks.</summary>
internal sealed class PieceTrack
{
    private readonly List<long> _times = [];
    private long _dropped;

    public void Add(long time) => _times.Add(time);

    /// <summary>Drops those finished before <paramref name="time"/> but the last of them; nobody may ask for earlier times any more.</summary>
    public void Forget(long time) => _dropped += Track.Forget(_times, time - 1, static t => t);

    /// <summary>Pieces finished before <paramref name="time"/>.</summary>
    public long Until(long time)
    {
        var at = Track.LastAtOrBefore(_times, time - 1, static t => t);
        return at < 0 && _dropped > 0 ? throw Track.Forgotten(time) : _dropped + at + 1;
    }
}
