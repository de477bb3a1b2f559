namespace EdgeGateway.FirmwareSim.Plants;

/// <summary>States over time and how long each has held. Grows at the end only; the owner locks.</summary>
internal sealed class StateTrack(long start)
{
    private readonly List<Stay> _stays = [];
    private long _stopped, _idle, _running;
    private long _end = start;
    private bool _forgotten;

    public void Append(long end, LineState state)
    {
        _stays.Add(new Stay(_end, state, _stopped, _idle, _running));
        Total(state) += end - _end;
        _end = end;
    }

    /// <summary>Drops the stays that end at or before <paramref name="time"/>; nobody may ask for earlier times any more.</summary>
    public void Forget(long time) => _forgotten |= Track.Forget(_stays, time, static s => s.Start) > 0;

    public LineState At(long time)
    {
        var at = Track.LastAtOrBefore(_stays, time, static s => s.Start);
        if (at < 0 && _forgotten) throw Track.Forgotten(time);
        return at < 0 ? LineState.Stopped : _stays[at].State;
    }

    /// <summary>Microseconds of <paramref name="state"/> in [start, <paramref name="time"/>).</summary>
    public long Until(LineState state, long time)
    {
        var at = Track.LastAtOrBefore(_stays, time, static s => s.Start);
        if (at < 0) return _forgotten ? throw Track.Forgotten(time) : 0;
        var stay = _stays[at];
        var before = state switch
        {
            LineState.Stopped => stay.Stopped,
            LineState.Idle => stay.Idle,
            _ => stay.Running,
        };
        return stay.State == state ? before + time - stay.Start : before;
    }

    private ref long Total(LineState state)
    {
        if (state == LineState.Stopped) return ref _stopped;
        if (state == LineState.Idle) return ref _idle;
        return ref _running;
    }

    private readonly record struct Stay(long Start, LineState State, long Stopped, long Idle, long Running);
}
